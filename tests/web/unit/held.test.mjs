// The fold of the hub's messages: a card only moves forwards, a replay or a frame said twice changes nothing.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';
import { call_view } from '../support/views.mjs';

const { hold, nothing_held, locked, signed_out, by_urgency } = await load('clients/web/src/link/held.ts');
const welcome = (change = {}) => ({ type: 'Welcome', id: null, body: { seq: 10, resume: 'snapshot', now: 0, device: 'd', kind: 'room', label: 'R', site: 'S', help: 'H', may_set_pin: false, unlocked: true, proven: true, journal: 'ok', example: true, ...change } });
const changed = (seq, view, event = 'seen') => ({ type: 'CallChanged', id: null, body: { seq, event, at: 0, call: view } });
const gone = (seq, call, event = 'closed') => ({ type: 'CallGone', id: null, body: { seq, call, event } });
const fold = (...messages) => messages.reduce(hold, nothing_held);

test('a card follows its call forwards only', () => {
  const old = call_view({ call: 5, rung: 'received' }), newer = call_view({ call: 5, rung: 'ringing', ringing: 1 });
  const held = fold(welcome(), changed(7, newer), changed(6, old));
  assert.equal(held.calls.get(5).view.rung, 'ringing');
  assert.equal(held.seq, 7);
});

test('the same frame again changes nothing that is shown', () => {
  const view = call_view({ call: 5, rung: 'ringing' });
  const once = fold(welcome(), changed(7, view)), twice = hold(once, changed(7, view));
  assert.deepEqual([...twice.calls], [...once.calls]);
});

test('a call that has gone does not come back by an old frame, but does by a newer one', () => {
  const view = call_view({ call: 5 });
  const held = fold(welcome(), changed(7, view), gone(9, 5), changed(8, view));
  assert.equal(held.calls.size, 0);
  assert.equal(hold(held, changed(11, view)).calls.size, 1);
});

test('a snapshot forgets every card that it does not tell again, a replay keeps them', () => {
  const held = fold(welcome(), changed(7, call_view({ call: 5 })), changed(8, call_view({ call: 6 })));
  const live = (seq) => ({ type: 'Live', id: null, body: { seq } });
  assert.equal(hold(hold(held, welcome({ resume: 'replay' })), live(9)).calls.size, 2);
  const anew = hold(held, welcome({ resume: 'snapshot' }));
  assert.equal(anew.calls.size, 2, 'an open call never looks like none while the hub is telling');
  assert.equal(anew.seq, 0);
  assert.equal(anew.live, false);
  const told = hold(hold(anew, changed(3, call_view({ call: 5 }))), live(3));
  assert.deepEqual([...told.calls.keys()], [5], 'what the hub does not tell again is gone');
  assert.equal(hold(held, welcome({ person: 'sam' })).calls.size, 0, 'nothing stays for another person');
  const helps = { child: 'c', initials: 'JT', lines: ['a'] };
  const open = fold(welcome({ person: 'sam' }), changed(7, call_view({ call: 5, helps })));
  assert.equal(JSON.stringify([...hold(open, welcome({ person: 'sam', unlocked: false })).calls]).includes('JT'), false);
});

test('who is known not to come: an owner who was let go, an adult who declined', () => {
  const owned = call_view({ call: 5, rung: 'coming', owner: 'Sam', offered: ['Sam', 'Hazel'] });
  const lost = fold(welcome(), changed(7, owned, 'accepted'), changed(8, call_view({ call: 5, rung: 'ringing', offered: ['Hazel'] }), 'reopened'));
  assert.equal(lost.calls.get(5).lost_owner, 'Sam');
  assert.deepEqual(lost.calls.get(5).cannot, ['Sam']);
  const declined = hold(lost, changed(9, call_view({ call: 5, rung: 'ringing', offered: [] }), 'declined'));
  assert.deepEqual(declined.calls.get(5).cannot, ['Sam', 'Hazel']);
  assert.equal(declined.calls.get(5).lost_owner, 'Sam');
  const taken = hold(declined, changed(10, call_view({ call: 5, rung: 'coming', owner: 'Hazel' }), 'accepted'));
  assert.deepEqual([taken.calls.get(5).lost_owner, taken.calls.get(5).cannot], [undefined, ['Sam']]);
});

test('a call that is gone before its card is older than the card is ignored', () => {
  const held = fold(welcome(), changed(12, call_view({ call: 5 })), gone(9, 5));
  assert.equal(held.calls.size, 1);
});

test('locking takes what is about children off the page; signing out takes the calls', () => {
  const helps = { child: 'c', initials: 'JT', lines: ['a'] };
  const held = fold(welcome({ person: 'sam' }), changed(7, call_view({ call: 5, helps })));
  assert.equal(JSON.stringify([...locked(held).calls]).includes('JT'), false);
  assert.equal(locked(held).unlocked, false);
  assert.equal(signed_out(held).calls.size, 0);
  assert.equal(signed_out(held).person, null);
});

test('a long staff list comes in several frames', () => {
  const staff = (first, person) => ({ type: 'Staff', id: null, body: { first, people: [{ person, short_name: person, name: person, pin_set: true }] } });
  assert.deepEqual(fold(welcome(), staff(true, 'a'), staff(false, 'b')).staff.map((one) => one.person), ['a', 'b']);
  assert.deepEqual(fold(welcome(), staff(true, 'a'), staff(true, 'b')).staff.map((one) => one.person), ['b']);
});

test('order: my own first, what I declined last, then urgency, then age; drills after what is real', () => {
  const views = [
    call_view({ call: 1, level: 1, relation: 'offered', raised_at: 5 }), call_view({ call: 2, level: 3, relation: 'offered', raised_at: 9 }),
    call_view({ call: 3, level: 1, relation: 'owner', raised_at: 9 }), call_view({ call: 4, level: 3, drill: true, relation: 'offered', raised_at: 1 }),
    call_view({ call: 5, level: 1, relation: 'offered', raised_at: 2 }), call_view({ call: 6, level: 3, relation: 'declined', raised_at: 1 }),
  ];
  assert.deepEqual(by_urgency(views).map((view) => view.call), [3, 2, 5, 1, 4, 6]);
});

test('a revoked device leaves the list', () => {
  const device = (health) => ({ type: 'DeviceChanged', id: null, body: { seq: 3, device: { device: 'd', kind: 'room', label: 'L', health, since: 0, faults: [] } } });
  assert.equal(fold(welcome(), device('silent')).devices.size, 1);
  assert.equal(fold(welcome(), device('silent'), device('revoked')).devices.size, 0);
});
