// What we owe, as its owners, those it is for, whoever leads, and leaders meet it.
const hour = 3_600_000;
const hand = [['phone', 'light'], ['phone', 'dark']];
const desk_and_phone = [['desk', 'light'], ['desk', 'dark'], ['phone', 'light']];

const today_at = (hours, minutes) => { const at = new Date(); at.setHours(hours, minutes, 0, 0); return at.getTime(); };
const one = (followup, kind, more = {}) => ({ followup, kind, step: 'opened', relation: 'owner', call: 4700, raised_at: today_at(10, 42), place_name: 'Year 5 Heron', owner: 'Sam', owed_by: today_at(23, 30), ...more });
const child = { child: 'k1', initials: 'JT' };
const list = () => [
  one(1, 'parent_contact', { ...child, parent: 1, fixed: true, overdue: true, owed_by: Date.now() - 20 * hour, raised_at: Date.now() - 26 * hour }),
  one(2, 'child_repair', { ...child, step: 'scheduled', meet_at: today_at(23, 15) }),
  one(3, 'outcome_told', { fixed: true }),
  one(4, 'child_repair', { child: 'k2', initials: 'AO', step: 'not_ready', raised_at: Date.now() - 50 * hour, place_name: 'Library' }),
  one(5, 'staff_debrief', { relation: 'with', owner: undefined, with: 'Sam' }),
];
const for_leads = () => [
  one(6, 'staff_debrief', { relation: 'lead', owner: undefined, with: 'Hazel' }),
  one(7, 'child_repair', { ...child, relation: 'lead', owner: 'Hazel', overdue: true, owed_by: Date.now() - 20 * hour }),
  one(8, 'parent_contact', { ...child, parent: 2, relation: 'lead', owner: 'Hazel', step: 'unneeded', why: 'nobody_to_tell', fixed: true }),
  one(9, 'plan_review', { ...child, relation: 'leader', owner: undefined, owed_by: Date.now() + 120 * hour }),
];
const clean = (items) => items.map((item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)));
const owed = (items, more = 0) => ['Owed', { items: clean(items), more }];

export function owed_states({ staff, places, adult, signed_in, on_duty }) {
  const people = [adult(0, 'free'), adult(1, 'free'), adult(5, 'with_child')];
  const before = (items) => () => [staff, places, ...people, owed(items)];
  const opened = async (page) => { await on_duty(page); await page.getByRole('button', { name: /What we owe/ }).click(); await page.locator('.debt').first().waitFor(); };
  const then = (kind, ...names) => async (page) => {
    await opened(page);
    for (const name of names) await page.locator(`[data-owed=${kind}]`).first().getByRole('button', { name }).click();
  };
  const handset = [
    { name: 'owed-line', before: before(list()), act: on_duty },
    { name: 'owed', before: before(list()), act: opened },
    { name: 'owed-lead', before: before(for_leads()), act: opened },
    { name: 'owed-talked', before: before(list().slice(1, 2)), act: then('child_repair', 'We talked') },
    { name: 'owed-time', before: before(list().slice(1, 2)), act: then('child_repair', 'Say a time') },
    { name: 'owed-else', before: before(list().slice(1, 2)), act: then('child_repair', 'Something else') },
    { name: 'owed-offer', before: before(list().slice(1, 2)), act: then('child_repair', 'Something else', 'They would rather not') },
    { name: 'owed-reached', before: before(list().slice(0, 1)), act: then('parent_contact', 'I reached them') },
  ].map((state) => ({ page: 'handset', welcome: signed_in, sizes: hand, ...state }));
  const answer = (items) => (type) => (type === 'ListOwed' ? owed(items) : ['Done', { seq: 101 }]);
  const leaders = [
    { name: 'owed', answer: answer(for_leads().map((item) => ({ ...item, relation: 'leader' }))), act: (page) => page.locator('.debt').first().waitFor() },
    { name: 'owed-nothing', answer: answer([]), act: (page) => page.getByText('Nothing is owed').waitFor() },
  ].map((state) => ({ page: 'leaders', where: 'owed', sizes: desk_and_phone, before: () => [staff, places], ...state }));
  return [...handset, ...leaders];
}
