// Talk time in the states that states.test.mjs looks at: the kiosk as a child meets it, and the handset of the asked adult.
const at_kiosk = [['tablet', 'light'], ['tablet', 'dark'], ['phone', 'light']];
const hand = [['phone', 'light'], ['phone', 'dark']];
const code = 'ABCDEFGHJKMNPQRSTUVW';
const adults = [{ person: 'sam', short_name: 'Sam', here: true }, { person: 'hazel', short_name: 'Hazel', here: true }, { person: 'moss', short_name: 'Moss', here: false }];
const lunch = () => { const at = new Date(); at.setHours(12, 40, 0, 0); return at.getTime(); };

export function talk_view(change = {}) {
  const at = Date.now() - 90_000;
  return { talk: 700, rung: 'asked', relation: 'child', symbol: 'speak', when: 'today', asked_at: at, rung_at: at, adult: 'Sam', owed: false, nobody: false, dsl: false, reminders: 0, coming: false, ...change };
}
const offered = (change = {}) => talk_view({ rung: 'offered', at: lunch(), place: 'lib', place_name: 'Library', ...change });

/** Shows a card as a scanner does: it types the code and Enter, and the hub answers with this. */
const card = (talk, then = async () => {}) => ({
  answer: (type) => (type === 'ShowCard' ? ['CardShown', { adults, until: Date.now() + 60_000, ...(talk ? { talk } : {}) }] : ['Done', { seq: 101 }]),
  act: async (page, hub) => {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('[data-step]:not([data-step=rest])').waitFor();
    await then(page, hub);
  },
});
const choose = (...names) => async (page) => { for (const name of names) await page.getByRole('button', { name }).click(); };
const promise = (name, change, rung = name) => ({ name, ...card(talk_view(change), (page) => page.locator(`[data-rung=${rung}]`).waitFor()) });

export const kiosk = [
  { name: 'rest' },
  { name: 'unknown-card', answer: (type) => (type === 'ShowCard' ? ['Rejected', { error: 270, name: 'CardNotKnown', message: 'Ask an adult for a new one.' }] : ['Done', { seq: 101 }]),
    act: async (page) => { await page.keyboard.type(code); await page.keyboard.press('Enter'); await page.locator('.unknown').waitFor(); } },
  { name: 'home', ...card(null) },
  { name: 'who', ...card(null, choose('Talk')) },
  { name: 'when', ...card(null, choose('Hello', /^Sam/)) },
  { name: 'sending', ...card(null, choose('Talk', /^Sam/, 'Today')) },
  promise('asked', {}),
  promise('nobody', { adult: undefined, nobody: true }, 'asked'),
  promise('instead', { adult: 'Hazel', instead_of: 'Sam' }, 'asked'),
  promise('received', { rung: 'received' }),
  promise('morning', { rung: 'received', when: 'soon', morning: Date.now() + 16 * 3_600_000 }, 'received'),
  promise('offered', offered()),
  promise('agreed', offered({ rung: 'agreed' })),
  promise('missed', { rung: 'missed', owed: true }),
  promise('calling', { rung: 'calling', adult: undefined, symbol: 'urgent' }),
  promise('coming', { rung: 'calling', adult: undefined, coming: true, symbol: 'urgent' }, 'calling'),
  { name: 'feedback', ...card(talk_view({ rung: 'met' })) },
  { name: 'lost', act: async (page, hub) => { hub.refuse = true; hub.cut(); await page.locator('.lost').waitFor({ timeout: 12_000 }); } },
].map((state) => ({ page: 'kiosk', sizes: at_kiosk, ...state }));

/** `base` is a state of the handset that is signed in and on duty, from states.mjs. */
export const handset_talks = (base, on_duty) => [
  { name: 'talk-asked', talks: [talk_view({ relation: 'asked', rung: 'received', initials: 'JT', due: Date.now() + 660_000 })] },
  { name: 'talk-hello', talks: [talk_view({ relation: 'asked', rung: 'received', initials: 'JT', symbol: 'hello', due: Date.now() + 660_000 })] },
  { name: 'talk-time', talks: [talk_view({ relation: 'asked', rung: 'received', initials: 'JT', due: Date.now() + 660_000 })], taps: ['Offer a time'] },
  { name: 'talk-place', talks: [talk_view({ relation: 'asked', rung: 'received', initials: 'JT', due: Date.now() + 660_000 })], taps: ['Offer a time', /in 30 min/] },
  { name: 'talk-several', talks: [
    talk_view({ relation: 'asked', rung: 'missed', initials: 'AO', owed: true, talk: 701 }), talk_view({ relation: 'lead', rung: 'received', initials: 'MK', adult: undefined, talk: 702 }),
    offered({ relation: 'asked', rung: 'agreed', initials: 'JT', talk: 703 }), talk_view({ relation: 'asked', rung: 'met', initials: 'PB', talk: 704 }),
  ] },
  { name: 'talk-pointer', talks: [talk_view({ relation: 'dsl', rung: 'met', initials: 'PB', symbol: undefined, when: undefined, adult: 'Hazel' })] },
].map(({ talks, taps = [], ...state }) => ({
  ...base, sizes: hand, ...state,
  before: () => [...base.before(), ...talks.map((talk) => ['TalkChanged', { seq: 90, talk }])],
  act: async (page) => { await on_duty(page); await page.locator('.talk').first().waitFor(); for (const name of taps) await page.getByRole('button', { name }).first().click(); },
}));
