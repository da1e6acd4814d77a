// The states of visits that states.test.mjs looks at: the tablet at the door, and what the room, the handset and the
// station show of them.
export function visit_view(change = {}) {
  const { age = 60_000, ...rest } = change;
  const at = Date.now() - age;
  return {
    visit: 900, space: 'nest', space_name: 'The Nest', from: 'y4', from_name: 'Year 4 Curlew', step: 'travelling', relation: 'space', asked_by: 'teacher',
    asked_at: at, step_at: at, company: 'alone', review_wanted: false, record: false, recorded: true, ...rest,
  };
}
const helps = { child: 'c1', initials: 'JT', lines: ['Walk with me, not in front of me', 'Let me hold my blue stone', 'Don’t ask why yet'], about: 'Loves the pond and anything with wheels.' };
const other = { child: 'c2', initials: 'MK', lines: ['Give me a job to do', 'Tell me how long'] };
const visit = (change) => ['VisitChanged', { seq: 70, event: 'seen', at: Date.now(), visit: visit_view(change) }];
const space = (change = {}) => ['SpaceChanged', { seq: 70, space: { space: 'nest', name: 'The Nest', state: 'open', since: Date.now() - 600_000, capacity: 2, here: 0, coming: 0, adults: ['Linnet'], alarmed: false, ...change } }];
const coming = (change = {}) => visit({ helps, expected_by: Date.now() + 120_000, ...change });
const here = (change = {}) => visit({ step: 'here', arrived_at: Date.now() - 14 * 60_000, can_leave: true, helps, ...change });

const door = [['tablet', 'light'], ['tablet', 'dark'], ['phone', 'light'], ['projector', 'light']];
const tap = (...selectors) => async (page) => { for (const selector of selectors) await page.locator(selector).first().click(); };

export function calm_states(staff, children, cut, more) {
  const calm = [
    { name: 'closed', space: { state: 'closed', adults: [] } },
    { name: 'who', space: { state: 'closed', adults: [] }, act: tap('.panel .next') },
    { name: 'open', space: {} },
    { name: 'expected', space: { coming: 1 }, visits: () => [coming()] },
    { name: 'question', space: { coming: 1 }, visits: () => [coming({ with: 'Sam', company: 'adult' })], act: tap('.visit .next') },
    { name: 'here', space: { here: 1 }, visits: () => [here()] },
    { name: 'busiest', space: { here: 1, coming: 1, state: 'full', adults: ['Linnet', 'Bryn'] }, visits: () => [here({ review_wanted: true, record: true, can_leave: false, arrived_at: Date.now() - 31 * 60_000 }), coming({ visit: 901, step: 'not_arrived', helps: other, expected_by: undefined })] },
    { name: 'say', space: { here: 1 }, visits: () => [here()], act: tap('.visit .next') },
    { name: 'ready', space: { here: 1 }, visits: () => [here({ step: 'ready' })] },
    { name: 'stay', space: { here: 1 }, visits: () => [here()], act: (page) => page.getByRole('button', { name: 'I step away' }).click() },
    { name: 'door', space: {}, act: (page) => page.getByRole('button', { name: 'Someone is at the door' }).click() },
    { name: 'away', space: { state: 'adult_away', here: 1, adults: [], alarmed: true }, visits: () => [here({ helps: undefined })] },
    { name: 'lost', space: { here: 1 }, visits: () => [here()], act: cut('[data-notice=lost]') },
  ].map((state) => ({ page: 'calm', ready: '.calm .top .dot-rest', sizes: door, before: () => [staff, children, space(state.space), ...(state.visits?.() ?? [])], ...state }));

  const seen_by_room = { relation: 'room', child: 'c1' };
  const both = [['projector', 'light'], ['projector', 'dark'], ['phone', 'dark']];
  const room = [
    { name: 'break-rest', visits: () => [] },
    { name: 'break-none-open', space: { state: 'closed' }, visits: () => [] },
    { name: 'break-who', visits: () => [], act: tap('.offer') },
    { name: 'break-offered', visits: () => [visit({ ...seen_by_room, step: 'offered' })] },
    { name: 'break-company', visits: () => [visit({ ...seen_by_room, step: 'offered' })], act: tap('.break-line .quiet') },
    { name: 'break-back', visits: () => [visit({ ...seen_by_room, step: 'returning', say: 'start_with_me' }), visit({ ...seen_by_room, visit: 901, step: 'here' })] },
    { name: 'break-missing', visits: () => [visit({ ...seen_by_room, step: 'not_arrived' })] },
  ].map((state) => ({ page: 'room', sizes: both, before: () => [children, space({ adults: [], ...state.space }), ...state.visits()], ...state }));
  const handset = [
    { name: 'visits', visits: () => [visit({ relation: 'along', helps, with: 'Sam', company: 'adult' }), here({ visit: 901, relation: 'own', helps: other })] },
    { name: 'visits-question', visits: () => [visit({ relation: 'along', helps, with: 'Sam', company: 'adult' })], act: tap('.mine .next') },
  ].map((state) => ({ page: 'handset', sizes: [['phone', 'light'], ['phone', 'dark']], welcome: more.signed_in, before: () => [staff, space(), ...state.visits()], ...state,
    act: async (page) => { await more.on_duty(page); await state.act?.(page); } }));
  const station = [
    { name: 'spaces', sizes: [['projector', 'light'], ['projector', 'dark']], before: () => [staff, space({ here: 1, coming: 1, state: 'full' }), space({ space: 'burrow', name: 'The Burrow', state: 'adult_away', here: 1, adults: [] })] },
  ].map((state) => ({ page: 'station', ...state, act: more.with_sound }));
  return [...calm, ...room, ...handset, ...station];
}
