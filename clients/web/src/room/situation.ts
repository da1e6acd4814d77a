// What the room's page says at this instant, as a pure function of what the link knows. It never says more than the
// hub has proven: `received` only for a call that is on disk, a name only for an adult who owns it.
import { type Card, by_urgency } from '../link/held.ts';
import type { LinkView } from '../link/link.ts';
import { type Entry, unconfirmed_presses } from '../link/outbox.ts';
import type { CallView } from '../link/wire.ts';
import type { DotShape } from '../parts/shapes.tsx';
import { late_on_the_way, only_sent, unanswered } from '../parts/going.ts';
import { clock, duration, room as words } from '../words.ts';
import { practice_word, test as test_words } from '../words_ready.ts';

export const NOT_THROUGH_MS = 1000;
export const HELP_ELSE_MS = 5000;
/** From when on the room is told for how long nobody has taken it. */
export const ASKED_LONG_MS = 20_000;

export interface Situation {
  /** At rest, a press that is on its way, or a call that the hub holds. */
  readonly kind: 'rest' | 'pressed' | 'open';
  readonly shape: DotShape;
  /** The one line; empty at rest. */
  readonly line: string;
  /** What has changed for the worse, in whole sentences; empty when nothing has. */
  readonly news: string;
  /** For how long nobody has taken it, once that is long; else empty. Never said aloud: it changes each second. */
  readonly asked_for: string;
  /** The hub is lost: the line is what was last known, and no longer true for certain. */
  readonly old: boolean;
  /** In the same calm type: how else to get help. */
  readonly ring_instead: boolean;
  readonly level: number;
  readonly drill: boolean;
  readonly call: CallView | null;
  readonly press: Entry | null;
  readonly may_withdraw: boolean;
  readonly may_say_here: boolean;
  readonly mistake_asked: boolean;
}

const rest: Situation = {
  kind: 'rest', shape: 'rest', line: '', news: '', asked_for: '', old: false, ring_instead: false, level: 0, drill: false, call: null, press: null,
  may_withdraw: false, may_say_here: false, mistake_asked: false,
};

/** `pressed_ms` tells for how long a press has been waiting; `hub_now` is on the hub's timeline, ms. */
export function situation_of(view: LinkView, pressed_ms: (press: Entry) => number, hub_now = -Infinity): Situation {
  const call = by_urgency([...view.held.calls.values()].map((card) => card.view))[0] ?? null;
  const presses = unconfirmed_presses(view.waiting);
  const press = presses[0] ?? null;
  if (call) return open(view, call, presses, hub_now);
  if (press) return pressed(view, press, Math.max(...presses.map((one) => Number(one.body['level']))), pressed_ms(press));
  return view.lost ? { ...rest, shape: 'lost' } : rest;
}

function pressed(view: LinkView, press: Entry, level: number, waited: number): Situation {
  const late = waited >= NOT_THROUGH_MS;
  const withdrawing = view.waiting.some((one) => one.type === 'WithdrawCall');
  return {
    ...rest, kind: 'pressed', shape: 'sending', level, press, drill: press.body['drill'] === true,
    line: press.body['practice'] === 'test' && !late ? test_words.going : late ? words.not_through : words.sending,
    ring_instead: waited >= HELP_ELSE_MS || (view.lost && late),
    may_withdraw: !withdrawing, mistake_asked: withdrawing,
  };
}

function open(view: LinkView, call: CallView, presses: readonly Entry[], hub_now: number): Situation {
  const { shape, line } = rung_line(call);
  const known = (said: string) => (view.lost ? words.last_known(view.heard_wall == null ? '' : clock(view.heard_wall), said) : said);
  const waited = hub_now - call.raised_at;
  const raised = presses.length > 0 ? ` · ${words.sending.toLowerCase()}` : '';
  const drill = call.drill ? `${practice_word(call.practice)} · ` : '';
  const unrecorded = call.recorded ? '' : ` · ${words.not_recorded}`;
  const asked = view.waiting.some((one) => one.type === 'WithdrawCall');
  const early = call.rung === 'received' || call.rung === 'ringing' || call.rung === 'not_delivered' || call.rung === 'coming';
  return {
    kind: 'open', shape: view.lost ? 'lost' : shape, line: known(drill + line + unrecorded) + raised,
    news: view.lost ? '' : news_of(call, view.held.calls.get(call.call)), old: view.lost,
    asked_for: !view.lost && unanswered(call) && waited >= ASKED_LONG_MS ? words.asked_for(duration(waited)) : '',
    ring_instead: call.rung === 'not_delivered' || view.lost,
    level: call.level, drill: call.drill, call, press: presses[0] ?? null,
    may_withdraw: early && !call.withdraw_asked && !asked,
    may_say_here: call.rung === 'coming',
    mistake_asked: early && (call.withdraw_asked || asked),
  };
}

function news_of(call: CallView, card: Card | undefined): string {
  if (!unanswered(call)) return '';
  const asked = call.rung !== 'not_delivered'; // nobody alive can be asked: neither others nor the office
  return [card?.lost_owner ? words.not_after_all(card.lost_owner) : '', card?.lost_owner && asked ? words.others_asked : '', call.station_called && asked ? words.office_asked : '']
    .filter(Boolean).join(' ');
}

function rung_line(call: CallView): { shape: DotShape; line: string } {
  const owner = call.owner ?? '';
  switch (call.rung) {
    case 'received': return { shape: 'received', line: call.recorded ? words.received : words.sent_to_handsets };
    case 'ringing': return { shape: 'ringing', line: call.recorded ? words.ringing(call.ringing) : words.ringing_only(call.ringing) };
    case 'not_delivered': return { shape: 'trouble', line: words.not_delivered };
    case 'coming': return {
      shape: 'coming',
      line: late_on_the_way(call) ? (only_sent(call) ? words.no_word(owner) : words.late(owner)) : only_sent(call) ? words.sent(owner) : call.helpers.length ? words.coming_more(owner, call.helpers) : words.coming(owner),
    };
    case 'here': return { shape: 'here', line: owner ? words.here(owner) : words.someone_here };
    case 'settled': return {
      shape: 'here',
      line: call.outcome === 'moved' ? words.moved(call.moved_to ?? '') : call.outcome === 'handed_over' ? words.handed_over(owner) : words.settled,
    };
    case 'closed': return { shape: 'rest', line: words.closed };
    case 'withdrawn': return { shape: 'rest', line: words.withdrawn };
  }
}
