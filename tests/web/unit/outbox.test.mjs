// Commands that wait for their answer: sent again with the same id, kept over a reload, never doubled, and given up
// only when the hub has said no or an adult has come.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';
import { call_view } from '../support/views.mjs';

const outbox = await load('clients/web/src/link/outbox.ts');
const { dial_delay_ms } = await load('clients/web/src/link/backoff.ts');
const entry = (id, type, more = {}) => ({ id, type, body: {}, made_at: 1000, durable: true, times_sent: 0, ...more });
const cards = (...views) => new Map(views.map((view) => [view.call, { view }]));

test('a press stays after Done until an adult owns the call', () => {
  let box = outbox.add([], entry('a', 'RaiseCall'));
  box = outbox.done(box, 'a', 77);
  assert.equal(box[0].done_call, 77);
  assert.equal(outbox.sendable(box, 0).length, 1, 'it goes out again after a reconnect, with the same id');
  box = outbox.settle(box, cards(call_view({ call: 77, rung: 'ringing' })), []);
  assert.equal(box.length, 1);
  box = outbox.settle(box, cards(call_view({ call: 77, rung: 'coming', owner: 'Sam' })), []);
  assert.equal(box.length, 0);
});

test('a press is let go when its call ends, or when the hub, having told all, does not know it any more', () => {
  const box = outbox.done(outbox.add([], entry('a', 'RaiseCall')), 'a', 77);
  assert.equal(outbox.settle(box, new Map(), [{ call: 77, seq: 9, event: 'withdrawn' }]).length, 0);
  assert.equal(outbox.settle(box, new Map(), []).length, 1);
  assert.equal(outbox.settle_live(box, new Map()).length, 0);
});

test('what depends on a call waits for its number', () => {
  let box = outbox.add(outbox.add([], entry('a', 'RaiseCall')), entry('b', 'WithdrawCall', { after: 'a' }));
  assert.deepEqual(outbox.sendable(box, 0).map((one) => one.id), ['a']);
  box = outbox.done(box, 'a', 77);
  assert.deepEqual(outbox.sendable(box, 0).map((one) => one.id), ['a', 'b']);
  assert.equal(box[1].body.call, 77);
});

test('never mind takes a press back only while it has not left', () => {
  const box = outbox.add(outbox.add([], entry('a', 'RaiseCall')), entry('b', 'AddNote', { after: 'a' }));
  assert.deepEqual(outbox.take_back(box, 'a'), []);
  assert.equal(outbox.take_back(outbox.sent(box, 'a'), 'a'), null);
});

test('a refusal ends a command and what waits for it; a busy or stopping hub does not', () => {
  const box = outbox.add(outbox.add([], entry('a', 'RaiseCall')), entry('b', 'AddNote', { after: 'a' }));
  assert.deepEqual(outbox.rejected(box, 'a', 206, undefined, 0), []);
  for (const error of [130, 131, 132]) {
    const kept = outbox.rejected(box, 'a', error, 400, 1000);
    assert.deepEqual(outbox.sendable(kept, 1300).map((one) => one.id), []);
    assert.deepEqual(outbox.sendable(kept, 1400).map((one) => one.id), ['a']);
  }
});

test('an old "I’m coming" is not said for anyone; an unconfirmed press never grows old', () => {
  const box = [entry('a', 'AcceptCall'), entry('b', 'RaiseCall'), entry('c', 'RaiseCall', { done_call: 3 }), entry('d', 'CloseCall')];
  assert.deepEqual(outbox.fresh(box, 1000 + 10_000_000).map((one) => one.id), ['b', 'd']);
  assert.deepEqual(outbox.fresh(box, 1000 + 60_000).map((one) => one.id), ['a', 'b', 'c', 'd']);
});

test('dials at once, then later, never more than two seconds apart', () => {
  assert.equal(dial_delay_ms(0, 0.99), 0);
  for (let attempt = 1; attempt < 40; attempt++) {
    for (const chance of [0, 0.5, 0.999]) {
      const delay = dial_delay_ms(attempt, chance);
      assert.ok(delay > 0 && delay <= 2000, `${attempt}: ${delay}`);
    }
  }
  assert.ok(dial_delay_ms(9, 0) !== dial_delay_ms(9, 0.9), 'not all pages in the same instant');
});
