// What the board decides to show, and whom a handset offers to stand in.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';

const { groups, known, state_of, until, CARDS_MAX } = await load('clients/web/src/board/wall.ts');
const adult = (n, state, more = {}) => ({ person: `p${n}`, short_name: `P${n}`, name: `Person ${n}`, state, why: 'declared', known_at: 1_000_000, children: [], children_more: 0, swap: false, ...more });

test('whoever is not here is a name in a line, unless a child has them now', () => {
  const { cards, lines, away } = groups([adult(1, 'free'), adult(2, 'absent'), adult(3, 'unreachable'), adult(4, 'signed_out', { children: ['JT'], swap: true })]);
  assert.deepEqual(cards.map((one) => one.person), ['p1', 'p4']);
  assert.deepEqual(lines, []);
  assert.deepEqual(away.map((one) => one.person), ['p2', 'p3']);
});

test('with more than a wall can hold, whoever is busy and nobody’s adult becomes a name in a line; nobody is left out', () => {
  const all = Array.from({ length: CARDS_MAX + 6 }, (_, n) => adult(n, n % 2 ? 'teaching' : 'free', n === 3 ? { children: ['AO'] } : {}));
  const { cards, lines } = groups(all);
  assert.ok(cards.every((one) => one.state === 'free' || one.children.length > 0));
  assert.equal(cards.length + lines.flatMap((line) => line.people).length, all.length);
  assert.ok(cards.some((one) => one.person === 'p3'));
});

test('a state that is over has no end, and knowledge has an age in whole minutes', () => {
  assert.equal(until(adult(1, 'on_break', { until: 2_000_000 }), 2_000_000, Date.now()), '');
  assert.match(until(adult(1, 'on_break', { until: 2_600_000 }), 2_000_000, Date.now()), /^\d\d:\d\d$/);
  assert.equal(known(adult(1, 'free'), 1_000_000 + 119_000, Date.now()), 'said 1 min ago');
  assert.equal(known(adult(1, 'free'), 1_000_000 + 4000, Date.now()), 'said just now');
  assert.equal(known(adult(1, 'signed_out', { known_at: 0 }), 2_000_000, Date.now()), 'nothing heard today');
});

test('who stands in by a leader’s word is not called absent', () => {
  assert.equal(state_of(adult(1, 'absent', { swap: true })), 'Here, on no handset');
  assert.equal(state_of(adult(1, 'absent')), 'Not here today');
});
