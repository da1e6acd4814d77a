// The states of the school day: the door, who waits for this adult, my children with what belongs to today, a line for
// today, a visit left open, and what a child reads who asks at the end of the day. Data, and a few taps.
const minute = 60_000;
const hand = [['phone', 'light'], ['phone', 'dark']];
const signed_in = { for_person: 'sam', person: 'sam', unlocked: true, proven: true };
const staff = ['Staff', { first: true, people: [['sam', 'Sam Wren', 'Sam'], ['hazel', 'Hazel Marsh', 'Hazel']].map(([person, name, short_name]) => ({ person, name, short_name, pin_set: true })) }];
const me = ['PersonChanged', { seq: 50, person: { person: 'sam', name: 'Sam Wren', short_name: 'Sam', state: 'free', since: Date.now() - 90_000 } }];
const greeting = (initials, more = {}) => ({ child: `c-${initials}`, initials, step: 'not_greeted', relation: 'own', carried: false, reminders: 0, ...more });
const checkin = (id, initials, at, more = {}) => ({ checkin: id, child: `c-${initials}`, initials, at: Date.now() + at * minute, step: 'planned', relation: 'own', missed: 0, carried: false, reminders: 0, ...more });
const note = (id, initials, text, by, more = {}) => ({ note: id, child: `c-${initials}`, initials, text, by, mine: false, at: Date.now(), until: Date.now() + 200 * minute, ...more });
const day = (more = {}) => ['Day', { on: true, to: Date.now() + 200 * minute, greetings: [], checkins: [], notes: [], may_note: [], more: 0, ...more }];
const door = (list, greeted) => ['Door', { open: true, children: list.map((initials) => ({ child: `c-${initials}`, initials })), more: 0, greeted }];
const mine = (type) => (type !== 'ListMyChildren' ? ['Done', { seq: 101 }] : ['MyChildren', { school: true, children: [
  { child: 'c-JT', initials: 'JT', named: true, by: 'Sam', me: true }, { child: 'c-PB', initials: 'PB', named: true, by: 'Hazel', me: false }, { child: 'c-TW', initials: 'TW', named: false, by: 'Hazel', me: false }] }]);
const full = () => day({
  greetings: [greeting('JT', { step: 'greeted', by: 'Hazel' }), greeting('PB', { adult: 'Hazel', reminders: 1 }), greeting('TW', { step: 'not_in', by: 'Sam' })],
  checkins: [checkin(1, 'JT', 70, { adult: 'Sam' }), checkin(2, 'PB', -20, { step: 'kept', adult: 'Hazel' })],
  notes: [note(9, 'JT', 'Hard morning. No changes, please.', 'Hazel')], may_note: ['JT', 'PB', 'TW'].map((initials) => ({ child: `c-${initials}`, initials })),
});
const on_duty = async (page) => {
  await page.locator('.duty .next').click();
  await page.locator('.quiet').first().waitFor();
};
const tap = (name) => async (page) => { await on_duty(page); await page.getByRole('button', { name }).click(); };
const handsets = [
  { name: 'day-waits', before: () => [staff, me, day({ greetings: [greeting('PB', { relation: 'asked', carried: true, reminders: 1 })], checkins: [checkin(3, 'JT', -4, { step: 'due', relation: 'asked', adult: 'Sam', missed: 1, reminders: 1 })] })], act: on_duty },
  { name: 'day-note', before: () => [staff, me, day({ notes: [note(9, 'JT', 'Hard morning. No changes, please.', 'Hazel')] })], act: on_duty },
  { name: 'day-lead', before: () => [staff, me, day({ checkins: [checkin(3, 'JT', -34, { step: 'due', relation: 'lead', missed: 2, reminders: 3 })] })], act: on_duty },
  { name: 'day-later', before: () => [staff, me, day({ checkins: [checkin(3, 'JT', -4, { step: 'due', relation: 'asked', adult: 'Sam', reminders: 1 })] })], act: tap('Later today') },
  { name: 'day-children', before: () => [staff, me, full()], answer: mine, act: async (page) => { await tap('My children')(page); await page.locator('[data-child]').first().waitFor(); } },
  { name: 'day-write', before: () => [staff, me, full()], answer: mine, act: async (page) => { await tap('My children')(page); await page.getByRole('button', { name: 'A line for today' }).first().click(); await page.locator('#note-text').fill('Lost a tooth, and is proud of it'); } },
  { name: 'door', before: () => [staff, me, day(), door(['AO', 'JT', 'MK', 'PB', 'RD', 'EL', 'SN', 'TW', 'KB', 'LW', 'OH'], 14)], act: tap('I’m at the door') },
  { name: 'door-tapped', before: () => [staff, me, day(), door(['AO', 'JT', 'MK'], 22)], act: async (page, hub) => { await tap('I’m at the door')(page); await page.locator('[data-door=JT]').click(); hub.send('handset', ...door(['AO', 'MK'], 23)); await page.locator('[data-door=JT]').waitFor({ state: 'detached' }); } },
  { name: 'door-not-in', before: () => [staff, me, day(), door(['AO', 'MK'], 23)], act: async (page) => { await tap('I’m at the door')(page); await page.getByRole('button', { name: 'Somebody is not in today' }).click(); } },
  { name: 'door-done', before: () => [staff, me, day(), door([], 25)], act: tap('I’m at the door') },
  { name: 'left-open', before: () => [staff, me, ['VisitChanged', { seq: 60, event: 'left_open', at: Date.now(), visit: { visit: 60, space: 'nest', space_name: 'The Nest', step: 'here', relation: 'lead', asked_by: 'teacher', asked_at: Date.now() - 90 * minute, step_at: Date.now() - 80 * minute, company: 'alone', arrived_at: Date.now() - 80 * minute, review_wanted: false, record: false, recorded: true, left_open: true, reminders: 1 } }]], act: on_duty },
].map((state) => ({ page: 'handset', sizes: hand, welcome: signed_in, ...state }));

const visit = { visit: 60, space: 'nest', space_name: 'The Nest', step: 'here', relation: 'station', asked_by: 'teacher', asked_at: Date.now() - 90 * minute, step_at: Date.now() - 80 * minute, company: 'alone', arrived_at: Date.now() - 80 * minute, review_wanted: false, record: false, recorded: true, left_open: true, reminders: 1 };
const shared = [
  { page: 'station', name: 'left-open', sizes: [['projector', 'light'], ['projector', 'dark']], before: () => [staff, me, ['VisitChanged', { seq: 60, event: 'left_open', at: Date.now(), visit }]], act: (page) => page.locator('[data-left-open]').waitFor() },
  { page: 'board', name: 'not-greeted', sizes: [['projector', 'light'], ['projector', 'dark']], ready: '.top .live .dot-rest', before: () => [['TimetableState', { imported_at: Date.now() }], ['Board', { first: true, waiting: [], gaps: 0, not_greeted: 7, school_from: Date.now() - minute, school_to: Date.now() + 300 * minute,
    adults: [{ person: 'sam', short_name: 'Sam', name: 'Sam Wren', state: 'free', why: 'declared', known_at: Date.now(), place: 'Library', children: ['JT'], children_more: 0, swap: false }] }]] },
];

export const day_states = [...handsets, ...shared];
