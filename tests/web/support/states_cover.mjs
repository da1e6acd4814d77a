// The states of the board, and of a handset whose adult looks after cover. Data, and a few taps.
const minute = 60_000;
const wall = [['projector', 'light'], ['projector', 'dark'], ['tablet', 'light'], ['phone', 'dark']];
const hand = [['phone', 'light'], ['phone', 'dark']];

const adults = [
  ['sam', 'Sam', 'Sam Wren', 'free', 'Library', ['JT', 'PB'], 'declared', 12],
  ['hazel', 'Hazel', 'Hazel Marsh', 'free', 'Year 4 Curlew', ['AO'], 'timetable', 180, 25],
  ['robin', 'Robin', 'Robin Thistle', 'teaching', 'Year 5 Plover', ['MK'], 'timetable', 180, 25],
  ['linnet', 'Linnet', 'Linnet Frost', 'free', 'The Nest', [], 'declared', 55],
  ['rowan', 'Rowan', 'Rowan Hale', 'free', 'School office', [], 'declared', 3],
  ['bryn', 'Bryn', 'Bryn Alder', 'teaching', 'Year 6 Heron', [], 'timetable', 180, 25],
  ['clover', 'Clover', 'Clover Reed', 'with_child', 'Pond room', [], 'declared', 7],
  ['moss', 'Moss', 'Moss Kowalski', 'recovering', undefined, [], 'declared', 4, 6],
  ['ash', 'Ash', 'Ash Penrose', 'on_break', undefined, [], 'timetable', 180, 12],
  ['rue', 'Rue', 'Rue Castle', 'absent', undefined, [], 'timetable', 180],
  ['dawn', 'Dawn', 'Dawn Petrel', 'unreachable', undefined, [], 'evidence', 2],
];
const more_adults = ['Juniper', 'Fern', 'Willow', 'Jay', 'Sorrel', 'Teal', 'Aspen', 'Briar', 'Lark', 'Oakley', 'Reed', 'Swift'].map((name, n) =>
  [name.toLowerCase(), name, `${name} Example`, ['free', 'teaching', 'with_child'][n % 3], ['Library', 'Dining hall', 'Year 1 Robin'][n % 3], n % 3 ? [] : [`A${n}`, `B${n}`], 'timetable', 180, n % 3 === 1 ? 25 : undefined]);
const card = (corridor) => ([person, short_name, name, state, place, children, why, age, until]) => ({
  person, short_name, name, state, why, known_at: Date.now() - age * minute, ...(place ? { place } : {}), ...(until ? { until: Date.now() + until * minute } : {}),
  children: corridor ? [] : children, children_more: 0, swap: !corridor && person === 'hazel',
});
const board = (list, { corridor = false, waiting = [], school = true } = {}) => ['Board', {
  first: true, adults: list.map(card(corridor)), waiting: corridor ? [] : waiting, gaps: corridor ? 0 : waiting.length,
  ...(school ? { school_from: Date.now() - 180 * minute, school_to: Date.now() + 180 * minute } : {}),
}];
const timetable = (more = {}) => ['TimetableState', { imported_at: Date.now() - 180 * minute, ...more }];
const cut = async (page, hub) => {
  hub.refuse = true;
  hub.cut();
  await page.locator('[data-notice=lost]').waitFor({ timeout: 12_000 });
};
const boards = [
  { name: 'staff-room', sizes: wall, before: () => [timetable(), board(adults)] },
  { name: 'nobody', sizes: wall, before: () => [timetable(), board(adults, { waiting: ['TW', 'EL'] })] },
  { name: 'corridor', sizes: wall, welcome: { corridor: true }, before: () => [timetable(), board(adults, { corridor: true })] },
  { name: 'busiest', sizes: wall, before: () => [timetable({ fault: 'absences.csv, line 3: "bobb" is not in staff.csv. Use a person’s id from there.', fault_at: Date.now() }), board([...adults, ...more_adults], { waiting: ['TW', 'EL', 'SN'] })] },
  { name: 'after-school', sizes: [['projector', 'light']], before: () => [timetable(), board(adults.map(([person, short, name]) => [person, short, name, 'signed_out', undefined, [], 'evidence', 200]), { school: false })] },
  { name: 'empty', sizes: [['projector', 'light']], before: () => [['TimetableState', {}], board([], { school: false })] },
  { name: 'lost', sizes: [['projector', 'light']], before: () => [timetable(), board(adults)], act: cut },
  { name: 'morning-sheet', sizes: [['tablet', 'light'], ['tablet', 'dark']], before: () => [timetable(), board([...adults, ...more_adults], { waiting: ['TW'] })], act: (page) => page.emulateMedia({ media: 'print' }) },
].map((state) => ({ page: 'board', ready: '.top .live .dot-rest', ...state }));

const signed_in = { for_person: 'sam', person: 'sam', unlocked: true, proven: true };
const staff = ['Staff', { first: true, people: adults.map(([person, short_name, name]) => ({ person, name, short_name, pin_set: true })) }];
const people = () => adults.map(([person, short_name, name, state], n) => ['PersonChanged', { seq: 50 + n, person: { person, name, short_name, state, since: Date.now() - 90_000 } }]);
const gap = (gap_id, initials, from) => ({ gap: gap_id, from: Date.now() + from * minute, child: `c-${initials}`, initials, place: 'Year 4 Curlew', adults: ['Robin', 'Hazel'] });
const gaps = (...list) => ['Gaps', { gaps: list, gaps_more: 0 }];
const on_duty = async (page) => {
  await page.locator('.duty .next').click();
  await page.locator('.quiet').first().waitFor();
};
const mine = (type) => (type !== 'ListMyChildren' ? ['Done', { seq: 101 }] : ['MyChildren', { school: true, children: [
  { child: 'c1', initials: 'JT', named: true, by: 'Sam', me: true }, { child: 'c2', initials: 'PB', named: true, by: 'Hazel', me: false, gap_from: Date.now() + 35 * minute },
  { child: 'c3', initials: 'TW', named: false, me: false, gap_from: Date.now() - minute }] }]);
const handsets = [
  { name: 'gap-now', before: () => [staff, ...people(), gaps(gap(1, 'TW', -2), gap(2, 'EL', 35))], act: on_duty },
  { name: 'gap-ahead', before: () => [staff, ...people(), gaps(gap(2, 'EL', 35))], act: on_duty },
  { name: 'stand-in', before: () => [staff, ...people(), gaps(gap(1, 'TW', -2))], act: async (page) => { await on_duty(page); await page.getByRole('button', { name: 'Choose who stands in' }).click(); await page.locator('.choices').waitFor(); } },
  { name: 'my-children', before: () => [staff, ...people()], answer: mine, act: async (page) => { await on_duty(page); await page.getByRole('button', { name: 'My children' }).click(); await page.locator('[data-child]').first().waitFor(); } },
].map((state) => ({ page: 'handset', sizes: hand, welcome: signed_in, ...state }));

export const cover_states = [...boards, ...handsets];
