// What a link sees of the world, by hand: a clock that the test moves, and sockets that it opens and cuts.
import { load } from './bundle.mjs';

const codec = await load('protocol/ts/codec.ts');

/** `run` moves the clock on, with every timer at its own instant, in the order of being set. */
export function by_hand() {
  let clock = 1_000_000, timers = [], order = 0, random = 1;
  const sockets = [];
  const outside = {
    now: () => clock, wall: () => 1_700_000_000_000 + clock, chance: () => 0.5,
    random: (length) => new Uint8Array(length).fill(random++),
    later: (ms, run) => { const timer = { at: clock + ms, order: order++, run }; timers.push(timer); return () => { timers = timers.filter((one) => one !== timer); }; },
    dial: () => {
      const socket = {
        sent: [], closed: false, on_open: () => {}, on_message: () => {}, on_close: () => {},
        send: (data) => socket.sent.push(codec.decode(data).frame), close: () => { socket.closed = true; },
        say: (type, body, id = null) => socket.on_message(codec.encode(type, body, id)),
        of: (type) => socket.sent.filter((one) => one.type === type),
      };
      sockets.push(socket);
      return socket;
    },
  };
  const run = (ms) => {
    const end = clock + ms;
    for (;;) {
      const due = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!due) break;
      timers = timers.filter((one) => one !== due);
      clock = Math.max(clock, due.at);
      due.run();
    }
    clock = end;
  };
  return { outside, sockets, run };
}
