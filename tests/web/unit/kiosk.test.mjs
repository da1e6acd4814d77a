// What the kiosk shows next, what it says at each rung, and what it never says.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';
import { talk_view } from '../support/states_talk.mjs';

const { step_of, code_of } = await load('clients/web/src/kiosk/steps.ts');
const { hold, nothing_held, locked, without_card } = await load('clients/web/src/link/held.ts');
const { talk_times, waits_for_me } = await load('clients/web/src/handset/talk_list.ts');
const card = 'ABCDEFGHJKMNPQRSTUVW';
const choice = (change = {}) => ({ card, wish: null, adult: null, sent: false, ...change });
const frame = (type, body) => ({ type, id: null, body });

test('hello and talk are the same steps in the same order', () => {
  for (const wish of ['hello', 'speak']) {
    assert.equal(step_of(choice(), null), 'home');
    assert.equal(step_of(choice({ wish }), null), 'who');
    assert.equal(step_of(choice({ wish, adult: '' }), null), 'when');
    assert.equal(step_of(choice({ wish, adult: 'sam', sent: true }), null), 'promise');
    assert.equal(step_of(choice({ wish, adult: 'sam', sent: true }), talk_view({ symbol: wish })), 'promise');
  }
});

test('an open talk is shown at once, and one that was met asks how it was', () => {
  assert.equal(step_of(choice(), talk_view()), 'promise');
  assert.equal(step_of(choice(), talk_view({ rung: 'met' })), 'feedback');
  assert.equal(step_of(choice({ wish: 'speak' }), talk_view({ rung: 'met' })), 'who');
});

test('a card is read from what a scanner types: the code, with spaces, or an address that ends in it', () => {
  assert.equal(code_of('abcd-efgh jkmn pqrs tuvw'), card);
  assert.equal(code_of(`http://hub/kiosk#k=${card}`), card);
  assert.equal(code_of('1234'), null);
});

test('without a card nothing is held at a kiosk, whatever still comes', () => {
  let held = hold(nothing_held, frame('Welcome', { seq: 1, resume: 'snapshot', kind: 'kiosk', unlocked: false, proven: false, journal: 'ok' }));
  held = hold(held, frame('TalkChanged', { seq: 2, talk: talk_view() }));
  assert.equal(held.talks.size, 0);
  held = hold(held, frame('CardShown', { adults: [], until: 0, talk: talk_view() }));
  held = hold(held, frame('TalkChanged', { seq: 4, talk: talk_view({ rung: 'received' }) }));
  assert.equal([...held.talks.values()][0].view.rung, 'received');
  held = hold(held, frame('TalkChanged', { seq: 3, talk: talk_view() }));
  assert.equal([...held.talks.values()][0].view.rung, 'received', 'never back');
  assert.equal(without_card(held).talks.size, 0);
});

test('locking takes talk times off the handset', () => {
  const held = hold(nothing_held, frame('TalkChanged', { seq: 2, talk: talk_view({ relation: 'asked' }) }));
  assert.equal(held.talks.size, 1);
  assert.equal(locked(held).talks.size, 0);
  assert.equal(hold(held, frame('TalkGone', { seq: 3, talk: 700 })).talks.size, 0);
});

test('what is owed comes first, then what waits, then promises by their time', () => {
  const list = [talk_view({ talk: 1, rung: 'agreed', at: 50 }), talk_view({ talk: 2, rung: 'received' }), talk_view({ talk: 3, rung: 'missed' }), talk_view({ talk: 4, rung: 'offered', at: 40 }), talk_view({ talk: 5, rung: 'met' })];
  assert.deepEqual(talk_times(list).map((one) => one.talk), [3, 2, 4, 1, 5]);
  assert.deepEqual(list.filter(waits_for_me).map((one) => one.talk), [2, 3]);
});

const { sentence_of } = await load('clients/web/src/kiosk/promise.tsx');
test('what the child reads is true at every rung, and says nothing of what was asked for', () => {
  const wall = (at) => at;
  const said = (change) => sentence_of(talk_view(change), wall);
  assert.doesNotMatch(said({}), /knows/);
  assert.match(said({ nobody: true, adult: undefined }), /Nobody has seen it yet/);
  assert.match(said({ adult: 'Hazel', instead_of: 'Sam' }), /Sam is not here now\. Hazel has it/);
  assert.match(said({ rung: 'received' }), /Sam knows/);
  assert.match(said({ rung: 'missed', owed: true }), /Sorry/);
  for (const rung of ['asked', 'received', 'offered', 'agreed', 'missed', 'met'])
    for (const when of ['now', 'today', 'soon']) {
      const [hello, speak] = ['hello', 'speak'].map((symbol) => said({ rung, symbol, when, at: 0, place_name: 'Library' }));
      assert.equal(hello, speak);
      assert.doesNotMatch(speak, /talk/i);
    }
});
