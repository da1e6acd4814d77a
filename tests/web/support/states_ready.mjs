// The states of the morning and of drills: the room's test, what is not ready and who looks, the whole school practising,
// the card for whoever is new here. Data, and a few taps.
import { call_view } from './views.mjs';

const minute = 60_000;
const room_sizes = [['projector', 'light'], ['projector', 'dark'], ['phone', 'dark']];
const hand = [['phone', 'light'], ['phone', 'dark']];
const wall = [['projector', 'light'], ['projector', 'dark']];
const desk_and_phone = [['desk', 'light'], ['desk', 'dark'], ['phone', 'light']];

const own = (more = {}) => ['MyReadiness', { excused: false, listed: false, pressed: false, never_pressed: false, ...more }];
const item = (device, label, more = {}) => ({ device, kind: 'room', label, place_name: label, why: 'untested', listed_at: Date.now() - 12 * minute, goes: false, late: false, mine: false, ...more });
const items = () => [
  item('r1', 'Year 5 Heron'), item('r2', 'Year 1 Robin', { runner: 'Hazel', runner_person: 'hazel', late: true, why: 'not_through' }),
  item('h1', 'Bryn’s handset', { kind: 'handset', place_name: undefined, runner: 'Bryn', runner_person: 'bryn' }),
  item('r3', 'Library', { runner: 'Moss', runner_person: 'moss', goes: true, why: 'silent' }),
];
const clean = (list) => list.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
const ready = (more = {}) => ['Readiness', { readiness: { items: clean(items()), items_more: 0, ready: 57, excused: 1, total: 62, listed: true, list_at: Date.now() - 12 * minute, bell: Date.now() + 18 * minute, ...more } }];
const drill = () => ({ started_at: Date.now() - 2 * minute, until: Date.now() + 18 * minute, by: 'Sorrel', pressed: 12, rooms: 14, waiting: ['Year 5 Heron', 'Music room'] });
const mine = (more = {}) => ['Readiness', { readiness: { items: clean([item('r1', 'Year 5 Heron', { mine: true, runner: 'Sam', runner_person: 'sam', route_hint: 'Upstairs, upper corridor, two doors past the stairs', ...more }), item('r2', 'Library', { mine: true, runner: 'Sam', runner_person: 'sam' })]), items_more: 0, ready: 0, excused: 0, total: 0, listed: true } }];
const tap = (...selectors) => async (page) => { for (const selector of selectors) await page.locator(selector).first().click(); };

export function ready_states({ staff, places, children, adult, signed_in, on_duty, with_sound }) {
  const room = [
    { name: 'ready-untested', before: () => [children, own({ never_pressed: true })] },
    { name: 'ready-tested', before: () => [children, own({ proven_at: Date.now() - 40 * minute })] },
    { name: 'ready-failed', before: () => [children, own({ failed_at: Date.now() - minute, listed: true })] },
    { name: 'ready-testing', before: () => [children, own()], calls: () => [call_view({ level: 1, drill: true, practice: 'test', rung: 'ringing', ringing: 1 })] },
    { name: 'ready-personal', before: () => [children, own()], calls: () => [call_view({ level: 1, drill: true, practice: 'personal', rung: 'coming', owner: 'Sam', on_way: true })] },
    { name: 'ready-site-drill', before: () => [children, own({ drill_until: Date.now() + 18 * minute })] },
    { name: 'ready-site-pressed', before: () => [children, own({ drill_until: Date.now() + 18 * minute, pressed: true, proven_at: Date.now() })] },
    { name: 'ready-card', before: () => [children, own()], act: async (page) => { await page.getByRole('button', { name: 'Help' }).click(); await page.getByRole('button', { name: /60-second/ }).click(); await page.locator('.newcomers-card').waitFor(); } },
    { name: 'ready-card-print', sizes: [['tablet', 'light']], before: () => [children, own()], act: async (page) => { await page.getByRole('button', { name: 'Help' }).click(); await page.getByRole('button', { name: /60-second/ }).click(); await page.emulateMedia({ media: 'print' }); } },
  ].map((state) => ({ page: 'room', sizes: room_sizes, ...state }));
  const people = [adult(0, 'free'), adult(1, 'free'), adult(5, 'with_child')];
  const handset = [
    { name: 'ready-look', before: () => [staff, places, ...people, own(), mine()], act: on_duty },
    { name: 'ready-going', before: () => [staff, places, ...people, own(), mine({ goes: true })], act: on_duty },
    { name: 'ready-let-be', before: () => [staff, places, ...people, own(), mine()], act: async (page) => { await on_duty(page); await page.getByRole('button', { name: 'Let it be for today' }).click(); } },
    { name: 'ready-lead', before: () => [staff, places, ...people, own(), ready()], act: on_duty },
    { name: 'ready-lead-list', before: () => [staff, places, ...people, own(), ready()], act: async (page) => { await on_duty(page); await page.getByRole('button', { name: /Not ready/ }).click(); await page.locator('.ready-page').waitFor(); } },
    { name: 'ready-lead-drill', before: () => [staff, places, ...people, own(), ready({ items: [], drill: drill() })], act: async (page) => { await on_duty(page); await page.getByRole('button', { name: 'Ready for the day' }).click(); await page.locator('.drill-now').waitFor(); } },
    { name: 'ready-drill-call', before: () => [staff, places, ...people, own()], calls: () => [call_view({ level: 1, drill: true, practice: 'personal', relation: 'offered', rung: 'ringing', ringing: 1, offered: ['Sam'] })] },
  ].map((state) => ({ page: 'handset', welcome: signed_in, sizes: hand, ...state }));
  const station = [
    { name: 'ready-list', before: () => [staff, ...people, own({ proven_at: Date.now() - 40 * minute }), ready()], act: with_sound },
    { name: 'ready-all', before: () => [staff, ...people, own({ proven_at: Date.now() - 40 * minute }), ready({ items: [], ready: 62, excused: 0 })], act: with_sound },
    { name: 'ready-own-test', before: () => [staff, ...people, own({ testing_until: Date.now() + 25_000 }), ready({ items: [] })], act: async (page) => { await with_sound(page); await page.getByText('Did you hear it?').waitFor(); } },
    { name: 'ready-drill', before: () => [staff, ...people, own(), ready({ items: [], drill: drill() })], calls: () => [call_view({ level: 1, drill: true, practice: 'site', relation: 'station', station_called: true, place_name: 'Music room' }), call_view({ level: 1, drill: true, practice: 'personal', relation: 'station', rung: 'coming', owner: 'Sam', place_name: 'Year 4 Curlew' })], act: with_sound },
  ].map((state) => ({ page: 'station', sizes: wall, ...state }));
  const report = (type) => (type === 'ListReadiness' ? ['ReadinessReport', { readiness: ready()[1].readiness, devices: [['r1', 'Year 5 Heron'], ['r4', 'Music room']].map(([device, label]) => ({ device, kind: 'room', label })), devices_more: 0,
    people: [{ person: 'bryn', short_name: 'Bryn', name: 'Bryn Alder', pin_set: true }], people_more: 0 }] : ['Done', { seq: 101 }]);
  const leaders = [
    { name: 'ready', before: () => [staff, places, ready()] },
    { name: 'ready-drill', before: () => [staff, places, ready({ items: [], ready: 61, drill: drill() })] },
  ].map((state) => ({ page: 'leaders', where: 'ready', sizes: desk_and_phone, answer: report, act: (page) => page.locator('.never').first().waitFor(), ...state }));
  return [...room, ...handset, ...station, ...leaders];
}
