// What the pages decide to show and sound, without a browser: the room's true line, which call sounds next, the
// station's wall, the keyboard chords, and the words.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from '../support/bundle.mjs';
import { call_view } from '../support/views.mjs';

const { situation_of } = await load('clients/web/src/room/situation.ts');
const { shortcut_of } = await load('clients/web/src/room/shortcuts.ts');
const { figures, figure_of, next_to_sound, UNHEARD_MAX_MS } = await load('clients/web/src/sound/figures.ts');
const { ring_list, answered_calls } = await load('clients/web/src/handset/ring_list.ts');
const wall = await load('clients/web/src/station/wall.ts');
const { nothing_held } = await load('clients/web/src/link/held.ts');
const words = await load('clients/web/src/words.ts');

const view = ({ calls = [], waiting = [], lost = false } = {}) => ({
  held: { ...nothing_held, calls: new Map(calls.map((one) => [one.call, { seq: 1, view: one }])) }, waiting, lost,
});
const press = { id: 'a', type: 'RaiseCall', body: { level: 2 }, made_at: 0, durable: true, times_sent: 0 };
const told = (call, more = {}) => ({ held: { ...nothing_held, calls: new Map([[call.call, { seq: 1, view: call, ...more }]]) }, waiting: [], lost: false });
const line = (call, more = {}) => situation_of(view({ calls: [call], ...more }), () => 0).line;

test('a press: sending, not through yet at 1 s, how else to get help at 5 s', () => {
  const at = (ms, lost = false) => situation_of(view({ waiting: [press], lost }), () => ms);
  assert.equal(at(900).line, 'Sending…');
  assert.equal(at(1000).line, 'Not through yet. Still trying');
  assert.equal(at(4900).ring_instead, false);
  assert.equal(at(5000).ring_instead, true);
  assert.equal(at(1000, true).ring_instead, true, 'sooner when the hub is known to be lost');
  assert.equal(at(900).may_withdraw, true);
});

test('the room never says more than is proven', () => {
  assert.equal(line(call_view({ rung: 'received' })), 'Received');
  assert.equal(line(call_view({ rung: 'ringing', ringing: 2 })), 'Received · ringing 2');
  assert.equal(line(call_view({ rung: 'coming', owner: 'Sam', on_way: true })), 'Sam is coming');
  assert.equal(line(call_view({ rung: 'coming', owner: 'Sam', on_way: false })), 'The office is sending Sam', 'Sam has not said so yet');
  assert.equal(line(call_view({ rung: 'coming', owner: 'Sam', on_way: true, owner_late: true })), 'Sam is running late · asking others');
  assert.equal(line(call_view({ rung: 'coming', owner: 'Sam', on_way: false, owner_late: true })), 'No word from Sam yet · asking others');
  assert.equal(line(call_view({ rung: 'here', owner: 'Sam' })), 'Sam is here');
  assert.ok(!/received/i.test(line(call_view({ rung: 'ringing', ringing: 2, recorded: false }))), 'received is not said of a call that is not on disk');
  assert.match(line(call_view({ rung: 'ringing', ringing: 2, recorded: false })), /not recorded/);
  assert.match(line(call_view({ drill: true })), /^Drill/);
  assert.equal(situation_of(view({ calls: [call_view({ rung: 'not_delivered' })] }), () => 0).ring_instead, true);
});

test('the room is told bad news: who does not come after all, that the office is asked, for how long', () => {
  const ringing = call_view({ rung: 'ringing', ringing: 1, age: 0 });
  const at = (call, card, waited) => situation_of(told(call, card), () => 0, call.raised_at + waited);
  assert.deepEqual([at(ringing, {}, 5000).news, at(ringing, {}, 5000).asked_for], ['', '']);
  assert.equal(at(ringing, { lost_owner: 'Sam' }, 5000).news, 'Not Sam after all. Others are being asked.');
  assert.equal(at({ ...ringing, rung: 'not_delivered' }, { lost_owner: 'Sam' }, 5000).news, 'Not Sam after all.', 'nobody else can be asked');
  assert.equal(at({ ...ringing, station_called: true }, {}, 5000).news, 'The office has been asked too.');
  assert.equal(at({ ...ringing, station_called: true, rung: 'not_delivered' }, {}, 5000).news, '', 'a station that is not there has not been asked');
  assert.equal(at(ringing, {}, 40_000).asked_for, 'Asking for 40 s so far.');
  assert.equal(at(call_view({ rung: 'coming', owner: 'Sam', age: 0 }), {}, 40_000).asked_for, '');
});

test('with the hub lost, what was last known is said to be that; how else to get help shows to the end of the call', () => {
  const at = (call) => situation_of({ ...told(call), lost: true, heard_wall: new Date(2026, 1, 3, 10, 42).getTime() }, () => 0, call.raised_at + 60_000);
  const coming = at(call_view({ rung: 'coming', owner: 'Sam', on_way: true }));
  assert.equal(coming.line, 'Last known, at 10:42: Sam is coming');
  assert.equal(coming.old, true);
  assert.equal(at(call_view({ rung: 'ringing', ringing: 1 })).asked_for, '', 'the time is not counted on without the hub');
  for (const rung of ['received', 'coming', 'here', 'settled']) assert.equal(at(call_view({ rung, owner: 'Sam' })).ring_instead, true, rung);
});

test('a room at rest without its hub does not look connected', () => {
  assert.equal(situation_of(view(), () => 0).shape, 'rest');
  assert.equal(situation_of(view({ lost: true }), () => 0).shape, 'lost');
});

test('chords want Ctrl and Alt; the third level wants Shift too', () => {
  const key = (code, shiftKey = false, ctrlKey = true, altKey = true) => shortcut_of({ code, shiftKey, ctrlKey, altKey });
  assert.deepEqual([key('Digit1'), key('Digit2'), key('Numpad2'), key('Digit3', true), key('Digit0')], [1, 2, 2, 3, 'never_mind']);
  assert.deepEqual([key('Digit3'), key('Digit1', true), key('Digit1', false, false), key('Digit1', false, true, false)], [null, null, null, null]);
});

test('a call that asks this adult sounds until it is owned; a late owner or a wanted helper sounds again', () => {
  const rings = (change) => ring_list([call_view({ relation: 'offered', ...change })], new Set()).length;
  assert.equal(rings({}), 1);
  assert.equal(rings({ owner: 'Sam', rung: 'coming' }), 0);
  assert.equal(rings({ owner: 'Sam', rung: 'coming', owner_late: true }), 1);
  assert.equal(rings({ owner: 'Sam', rung: 'here', helper_wanted: true }), 1);
  assert.equal(rings({ relation: 'declined' }), 0);
  assert.equal(rings({ relation: 'owner', rung: 'coming', on_way: true }), 0);
  assert.equal(rings({ relation: 'owner', rung: 'coming', on_way: false }), 1, 'the station has named this adult');
  const call = call_view({ relation: 'offered' });
  assert.equal(ring_list([call], answered_calls([{ type: 'DeclineCall', body: { call: call.call } }])).length, 0);
});

test('what sounds next: new before known, urgent before old, nobody unheard for ten seconds, drills wait', () => {
  const ring = (call, level, raised_at, more = {}) => ({ call, level, raised_at, drill: false, sounds: 1, ...more });
  const a = ring(1, 1, 0), b = ring(2, 3, 50), drill = ring(3, 3, 0, { drill: true });
  assert.equal(next_to_sound([], new Map(), 0), null);
  assert.equal(next_to_sound([a, b, drill], new Map(), 100).call, 2);
  const once = new Map([[2, { at: 100, sounds: 1 }]]);
  assert.equal(next_to_sound([a, b], once, 200).call, 1, 'the one that has not been heard at all');
  const both = new Map([[2, { at: 300, sounds: 1 }], [1, { at: 200, sounds: 1 }]]);
  assert.equal(next_to_sound([a, b], both, 400).call, 2);
  assert.equal(next_to_sound([a, b], both, 250 + UNHEARD_MAX_MS).call, 1);
  assert.equal(next_to_sound([{ ...a, sounds: 2 }, b], both, 400).call, 1, 'the hub asks for it to sound again');
  assert.equal(next_to_sound([drill], new Map(), 0).call, 3);
});

test('the figures: level 1 two soft rising notes, level 2 three, level 3 the same without a gap, a drill its own', () => {
  const rising = (notes) => notes.every((note, n) => n === 0 || note.hz > notes[n - 1].hz);
  assert.equal(figures.level_1.notes.length, 2);
  assert.ok(rising(figures.level_1.notes) && figures.level_1.notes.every((note) => note.body === 0));
  assert.equal(figures.level_2.notes.length, 3);
  assert.deepEqual(figures.level_3.notes, figures.level_2.notes);
  const last = figures.level_3.notes.at(-1);
  assert.ok(figures.level_3.period_ms <= last.at_ms + last.for_ms, 'no gap');
  assert.ok(['level_1', 'level_2', 'level_3'].every((name) => figures[name].period_ms < 10_000));
  assert.equal(figure_of({ level: 3, drill: true }), 'drill');
  assert.notDeepEqual(figures.drill.notes, figures.level_1.notes);
});

test('the wall: what waits on the station first, then urgency and age; settled ones last', () => {
  const station = (change) => call_view({ relation: 'station', ...change });
  const calls = [
    station({ call: 1, level: 1, rung: 'settled' }), station({ call: 2, level: 3, rung: 'coming', owner: 'Sam' }),
    station({ call: 3, level: 1, station_called: true, rung: 'ringing' }), station({ call: 4, level: 3, drill: true, station_called: true }),
  ];
  assert.deepEqual(wall.wall_order(calls).map((one) => one.call), [3, 2, 1, 4]);
  assert.deepEqual(wall.station_rings(calls, new Set()).map((one) => one.call), [3, 4]);
  assert.equal(wall.needs_station(station({ station_called: true, owner: 'Sam', rung: 'coming' })), false);
});

test('who is going: free and near, free, based here, busy, those known not to come, those without a handset; never who goes already', () => {
  const names = ['zoe', 'amy', 'ben', 'cal', 'dot', 'eve', 'fay', 'gus'];
  const staff = names.map((id) => ({ person: id, name: id, short_name: id, pin_set: true }));
  const state = (id, is, place) => [id, { person: id, name: id, short_name: id, state: is, since: 0, place }];
  const people = new Map([state('zoe', 'free', 'School office'), state('amy', 'free', 'Library'), state('ben', 'free', 'Hall'), state('cal', 'with_child'), state('gus', 'signed_out', 'School office'), state('eve', 'free', 'Hall'), state('fay', 'free')]);
  const call = call_view({ owner: 'fay', owner_person: 'fay', owner_late: true, rung: 'coming' });
  const order = wall.who_order(call, ['ben'], 'School office station', staff, people);
  assert.deepEqual(order.map((one) => one.person.person), ['zoe', 'amy', 'eve', 'gus', 'cal', 'ben', 'dot']);
  assert.deepEqual(order.filter((one) => one.declined).map((one) => one.person.person), ['ben']);
});

test('quiet devices: the longest silence first; a room whose page is hidden is not one', () => {
  const device = (id, health, since, kind = 'handset', faults = []) => ({ device: id, kind, label: id, health, since, faults });
  const { listed, unopened } = wall.quiet_devices([
    device('a', 'healthy', 1), device('b', 'silent', 9), device('c', 'silent', 2), device('d', 'degraded', 0, 'handset', ['sound_locked']),
    device('e', 'degraded', 0, 'room', ['hidden']), device('f', 'never_seen', 0),
  ]);
  assert.deepEqual(listed.map((one) => one.device), ['c', 'b', 'd']);
  assert.equal(unopened, 1);
});

test('times: seconds while fresh, then minutes, with units', () => {
  assert.deepEqual([0, 40_400, 60_000, 130_000, 700_000, 3_900_000].map(words.duration), ['0 s', '40 s', '1 min', '2 min 10 s', '11 min', '1 h 5 min']);
  assert.equal(words.names(['a', 'b', 'c', 'd']), 'a, b, c and 1 more');
  assert.equal(words.names(['a', 'b']), 'a and b');
  assert.equal(words.names(['a', 'b', 'c', 'd'], 3, 34), 'a, b, c and 35 more');
  assert.equal(words.names(['a'], 3, 2), 'a and 2 more');
});

test('the catalogue uses the product’s words', () => {
  const texts = [];
  const walk = (value) => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'function') { try { texts.push(String(value('Sam', ['Hazel']))); } catch { /* other arguments */ } } else if (value && typeof value === 'object') Object.values(value).forEach(walk);
  };
  walk(words);
  assert.ok(texts.length > 200);
  const refused = /\b(panic|sos|alarm|incident|false alarm|offence|perpetrator|isolation|exit room|sanction|keyworker|dispatcher|officer|ticket|compliant|error|invalid|failed)\b/i;
  assert.deepEqual(texts.filter((text) => refused.test(text)), []);
  assert.deepEqual(texts.filter((text) => /!/.test(text)), [], 'nobody is shouted at');
});
