// The states of the pages that states.test.mjs looks at, with what the hub says in each. Data, and a few taps.
import { calm_states } from './states_calm.mjs';
import { handset_talks, kiosk } from './states_talk.mjs';
import { cover_states } from './states_cover.mjs';
import { day_states } from './states_day.mjs';
import { owed_states } from './states_owed.mjs';
import { ready_states } from './states_ready.mjs';
import { call_view } from './views.mjs';

const at_rest = [['projector', 'light'], ['projector', 'dark'], ['tablet', 'light'], ['phone', 'dark']];
const both = [['projector', 'light'], ['phone', 'dark']];
const hand = [['phone', 'light'], ['phone', 'dark']];
const hand_and_tablet = [...hand, ['tablet', 'light']];
const wall = [['projector', 'light'], ['projector', 'dark']];
const once = [['projector', 'light']];

const people = [['sam', 'Sam Wren', 'Sam'], ['hazel', 'Hazel Marsh', 'Hazel'], ['robin', 'Robin Thistle', 'Robin'], ['linnet', 'Linnet Frost', 'Linnet'], ['bryn', 'Bryn Alder', 'Bryn'],
  ['moss', 'Moss Kowalski', 'Moss'], ['clover', 'Clover Reed', 'Clover'], ['rue', 'Rue Castle', 'Rue'], ['dawn', 'Dawn Petrel', 'Dawn'], ['juniper', 'Juniper Gale', 'Juniper']];
const staff = ['Staff', { first: true, people: people.map(([person, name, short_name], n) => ({ person, name, short_name, pin_set: n < 7 })) }];
const places = ['Places', { first: true, places: [['y4', 'Year 4 Curlew', 'room'], ['hall', 'Dining hall', 'hall'], ['nest', 'The Nest', 'calm_space'], ['pond', 'Pond room', 'calm_space'], ['field', 'Field', 'outside'], ['lib', 'Library', 'room']].map(([place, name, kind]) => ({ place, name, kind })) }];
const children = ['Children', { children: ['AO', 'JT', 'MK', 'PB', 'RD', 'EL', 'SN', 'TW'].map((initials, n) => ({ child: `c${n}`, initials })) }];
const adult = (n, state, more = {}) => ['PersonChanged', { seq: 50 + n, person: { person: people[n][0], name: people[n][1], short_name: people[n][2], state, since: Date.now() - 90_000, ...more } }];
const device = (id, kind, label, health, faults, age) => ['DeviceChanged', { seq: 60, device: { device: id, kind, label, health, since: Date.now() - age, faults } }];
const helps = { child: 'c1', initials: 'JT', lines: ['Walk with me, not in front of me', 'Let me hold my blue stone', 'Don’t ask why yet'], about: 'Loves the pond and anything with wheels.' };

const cut = (selector) => async (page, hub) => {
  hub.refuse = true;
  hub.cut();
  await page.locator(selector).first().waitFor({ timeout: 12_000 });
};
const tap = (...selectors) => async (page) => { for (const selector of selectors) await page.locator(selector).first().click(); };
const then = (...steps) => async (page, hub) => { for (const step of steps) await step(page, hub); };

// ---- the room
const asked = (change = {}) => () => [call_view({ rung: 'ringing', ringing: 2, ...change })];
const room = [
  { name: 'rest', sizes: at_rest },
  { name: 'ringing', sizes: at_rest, calls: asked() },
  { name: 'notes', sizes: both, calls: asked({ notes: ['medical'] }), act: tap('.reopen button') },
  { name: 'children', sizes: both, calls: asked(), act: tap('.reopen button', '.extras .chip') },
  { name: 'coming', sizes: both, calls: asked({ rung: 'coming', owner: 'Sam', on_way: true }) },
  { name: 'sent', sizes: both, calls: asked({ rung: 'coming', owner: 'Sam' }), act: (page) => page.locator('.rung').getByText('The office is sending Sam').waitFor() },
  { name: 'late', sizes: once, calls: asked({ rung: 'coming', owner: 'Sam', on_way: true, owner_late: true }) },
  { name: 'not-after-all', sizes: both, calls: asked({ call: 77, rung: 'coming', owner: 'Sam', on_way: true, age: 50_000 }), act: async (page, hub) => {
    hub.send('room', 'CallChanged', { seq: 120, event: 'reopened', at: Date.now(), call: call_view({ call: 77, rung: 'ringing', ringing: 2, station_called: true, age: 50_000 }) });
    await page.locator('.news').getByText('Not Sam after all').waitFor();
  } },
  { name: 'passed-on', sizes: both, calls: asked({ child: 'c1' }), act: (page) => page.getByText('Passed on who it is for').waitFor() },
  { name: 'here', sizes: once, calls: asked({ rung: 'here', owner: 'Sam' }) },
  { name: 'never-mind', sizes: both, calls: asked({ withdraw_asked: true }) },
  { name: 'not-delivered', sizes: both, calls: asked({ rung: 'not_delivered', ringing: 0, level: 1 }) },
  { name: 'not-recorded', sizes: once, journal: 'failing', calls: asked({ recorded: false }) },
  { name: 'drill', sizes: once, calls: asked({ drill: true }) },
  { name: 'not-through', sizes: both, answer: () => [null], act: then(tap('.control >> nth=1'), (page) => page.locator('.instead').waitFor()) },
  { name: 'lost', sizes: at_rest, act: cut('.foot .lost') },
  { name: 'lost-open', sizes: both, calls: asked({ rung: 'coming', owner: 'Sam', on_way: true }), act: cut('.foot .lost') },
  { name: 'lost-settled', sizes: once, calls: asked({ rung: 'settled', owner: 'Sam' }), act: then(cut('.foot .lost'), (page) => page.locator('.instead').waitFor()) },
  { name: 'help', sizes: both, act: tap('.help-open') },
  { name: 'discreet', sizes: both, calls: asked(), act: tap('.help-open', '.switch input', 'dialog .next') },
].map((state) => ({ page: 'room', before: () => [children], ...state }));

// ---- the handset
const signed_in = { for_person: 'sam', person: 'sam', unlocked: true, proven: true };
const offer = (change = {}) => call_view({ relation: 'offered', rung: 'ringing', ringing: 1, offered: ['Sam', 'Hazel', 'Robin'], route_hint: 'Upper corridor, 2 doors past the hall', helps, ...change });
const mine = (change = {}) => () => [offer({ relation: 'owner', rung: 'coming', on_way: true, owner: 'Sam', owner_person: 'sam', ...change })];
const on_duty = async (page) => {
  await page.locator('.duty .next').click();
  await page.locator('.quiet, .call-line').first().waitFor();
};
const handset = [
  { name: 'choose-pin', sizes: hand, welcome: { for_person: 'juniper', may_set_pin: true }, act: tap('.key >> nth=2', '.key >> nth=4') },
  { name: 'pin', sizes: hand_and_tablet, welcome: { for_person: 'sam' } },
  { name: 'who', sizes: hand, welcome: {} },
  { name: 'duty', sizes: hand_and_tablet, welcome: { ...signed_in, proven: false } },
  { name: 'duty-heard', sizes: hand, welcome: { ...signed_in, proven: false }, act: then(tap('.duty .next'), (page) => page.getByText('Did you hear it?').waitFor()) },
  { name: 'quiet', sizes: hand_and_tablet, act: on_duty },
  { name: 'sheet', sizes: hand, act: then(on_duty, tap('.me'), (page) => page.locator('dialog.sheet').waitFor()) },
  { name: 'overseer', sizes: hand, act: on_duty, calls: () => [call_view({ relation: 'overseer', rung: 'ringing', ringing: 2 }), call_view({ call: 78, place_name: 'Dining hall', level: 2, relation: 'overseer', rung: 'coming', owner: 'Hazel', on_way: true })] },
  { name: 'overseer-open', sizes: hand, act: then(on_duty, tap('.call-line')), calls: () => [call_view({ relation: 'overseer', rung: 'ringing', ringing: 2, route_hint: 'Upper corridor, 2 doors past the hall' })] },
  { name: 'raise', sizes: hand, act: then(on_duty, tap('.quiet-pair .button:last-child', '.choices button >> nth=1')) },
  { name: 'level-1', sizes: hand, calls: () => [offer({ level: 1 })], act: tap('.bar.warn') },
  { name: 'level-2', sizes: hand_and_tablet, calls: () => [offer({ notes: ['medical', 'two_adults'] })], act: tap('.bar.warn') },
  { name: 'level-3', sizes: hand, calls: () => [offer({ level: 3, helps: undefined, offered: ['Sam'] })], act: tap('.bar.warn') },
  { name: 'drill', sizes: hand, calls: () => [offer({ drill: true, helps: undefined })], act: tap('.bar.warn') },
  { name: 'sound-off', sizes: hand, calls: () => [offer()] },
  { name: 'stack', sizes: hand, calls: () => [offer({ level: 3, place_name: 'Dining hall', age: 8000 }), ...mine()(), offer({ level: 1, age: 70_000, place_name: 'Library' }), offer({ level: 1, place_name: 'Field' }), offer({ level: 1, place_name: 'Music room' })], act: tap('.bar.warn') },
  { name: 'going', sizes: hand, calls: mine({ helpers: ['Hazel'] }), act: tap('.bar.warn') },
  { name: 'sent-by-station', sizes: hand, calls: mine({ on_way: false }) },
  { name: 'late', sizes: hand, calls: mine({ owner_late: true }), act: tap('.bar.warn') },
  { name: 'here', sizes: hand, calls: mine({ rung: 'here' }), act: tap('.bar.warn') },
  { name: 'still-there', sizes: hand, calls: mine({ rung: 'here', support_check_due: true, helper_wanted: true }), act: tap('.bar.warn') },
  { name: 'calm-space', sizes: hand, calls: mine({ rung: 'here' }), act: tap('.trio button >> nth=1') },
  { name: 'hand-over', sizes: hand, calls: mine({ rung: 'here' }), act: tap('.trio button >> nth=2') },
  { name: 'close', sizes: hand_and_tablet, calls: mine({ rung: 'settled', outcome: 'settled' }), act: tap('.bar.warn', '.chip >> nth=1') },
  { name: 'helper', sizes: hand, calls: () => [offer({ relation: 'helper', rung: 'coming', owner: 'Hazel' })] },
  { name: 'declined-quiet', sizes: hand, calls: () => [offer({ relation: 'declined' })], act: on_duty },
  { name: 'no-duty', sizes: hand, welcome: { ...signed_in, proven: false }, before: () => [staff, places, adult(0, 'unreachable')], act: (page) => page.locator('.me').getByText('Duty not started').waitFor() },
  { name: 'declined', sizes: hand, calls: () => [offer({ relation: 'declined' })], act: then(on_duty, tap('.call-line')) },
  { name: 'never-mind', sizes: hand, calls: () => [offer({ withdraw_asked: true })] },
  { name: 'locked', sizes: hand, welcome: { ...signed_in, unlocked: false }, calls: () => [offer({ helps: undefined })] },
  { name: 'not-recorded', sizes: hand, journal: 'failing', calls: () => [offer({ recorded: false })] },
  { name: 'lost', sizes: hand, calls: mine(), act: then(tap('.bar.warn'), cut('[data-notice=lost]')) },
  { name: 'lost-quiet', sizes: hand_and_tablet, act: then(on_duty, cut('[data-notice=lost]')) },
].map((state) => ({ page: 'handset', welcome: signed_in, before: () => [staff, places, adult(0, 'free')], ...state }));

// ---- the station
const roster = ['free', 'free', 'with_child', 'free', 'unreachable', 'on_break', 'free', 'recovering'];
const well = [device('a', 'room', 'Year 5 Plover', 'healthy', [], 380_000)];
const quiet = [device('a', 'room', 'Year 5 Plover', 'silent', [], 380_000), device('b', 'handset', 'Bryn Alder', 'silent', [], 42_000), device('c', 'handset', 'Robin Thistle', 'degraded', ['sound_locked', 'hidden'], 100_000), device('d', 'room', 'Library', 'never_seen', [], 1)];
const open = (change = {}) => call_view({ relation: 'station', rung: 'ringing', ringing: 2, offered: ['Sam', 'Hazel', 'Robin'], ...change });
const last_rung = (change = {}) => open({ level: 3, station_called: true, place_name: 'Dining hall', age: 95_000, ...change });
const busiest = () => [last_rung(), open({ rung: 'coming', owner: 'Sam', on_way: true, age: 41_000 }), open({ rung: 'not_delivered', ringing: 0, offered: [], place_name: 'Year 5 Plover', age: 9000 }), open({ level: 1, place_name: 'Library', age: 30_000 }),
  open({ level: 1, rung: 'here', owner: 'Hazel', place_name: 'Reception Acorn', age: 400_000 }), open({ rung: 'coming', owner: 'Robin', owner_late: true, place_name: 'Music room', age: 200_000, helpers: ['Linnet'] }),
  open({ level: 1, rung: 'settled', owner: 'Moss', outcome: 'moved', moved_to: 'The Nest', place_name: 'Field', age: 900_000 }), open({ level: 1, drill: true, place_name: 'Year 6 Heron', age: 5000, rung: 'received', ringing: 0 }),
  open({ level: 1, place_name: 'Nursery' }), open({ level: 1, place_name: 'Year 1 Robin' })];
const with_sound = async (page) => {
  const on = page.getByRole('button', { name: 'Turn the sound on' });
  if (await on.isVisible()) await on.click();
  await page.locator('[data-notice=sound-off]').waitFor({ state: 'detached' });
};
const station = [
  { name: 'first', sizes: wall },
  { name: 'quiet', sizes: [...wall, ['tablet', 'light'], ['phone', 'light']], act: with_sound },
  { name: 'one', sizes: wall, devices: quiet, calls: () => [open({ rung: 'coming', owner: 'Sam' })], act: with_sound },
  { name: 'last-rung', sizes: [...wall, ['tablet', 'light']], devices: quiet, calls: () => [last_rung(), open({ rung: 'coming', owner: 'Sam' }), open({ station_called: true, place_name: 'Year 5 Plover', age: 62_000 })], act: with_sound },
  { name: 'busiest', sizes: [...wall, ['tablet', 'dark'], ['phone', 'light']], devices: quiet, calls: busiest, act: with_sound },
  { name: 'late', sizes: wall, calls: () => [open({ rung: 'coming', owner: 'Sam', owner_person: 'sam', owner_late: true, age: 200_000 })], act: then(with_sound, (page) => page.getByRole('button', { name: 'Send someone else' }).waitFor()) },
  { name: 'who-goes', sizes: wall, calls: () => [last_rung()], act: then(with_sound, tap('.card .button'), (page) => page.locator('dialog').waitFor()) },
  { name: 'lost', sizes: wall, calls: () => [last_rung(), open({ rung: 'coming', owner: 'Sam' })], act: then(with_sound, cut('[data-notice=lost]')) },
  { name: 'lost-quiet', sizes: wall, act: then(with_sound, cut('[data-notice=lost]')) },
  { name: 'not-recorded', sizes: wall, journal: 'failing', calls: () => [open({ recorded: false })], act: with_sound },
].map((state) => ({ page: 'station', before: () => [staff, ...roster.map((is, n) => adult(n, is)), ...(state.devices ?? well)], ...state }));

// ---- the leaders' page
const desk_and_phone = [['desk', 'light'], ['desk', 'dark'], ['phone', 'light'], ['phone', 'dark']];
const known = (id, kind, label, health, age, more = {}) => ['DeviceChanged', { seq: 60, device: { device: id, kind, label, health, since: Date.now() - age, faults: [], ...more } }];
const school_devices = () => [
  ...['Nursery', 'Reception Acorn', 'Reception Conker', 'Year 1 Robin', 'Year 1 Wren', 'Year 2 Finch', 'Year 3 Kestrel', 'Year 4 Curlew', 'Year 5 Heron', 'Year 6 Osprey', 'Library', 'Music room']
    .map((label, n) => known(`r${n}`, 'room', label, n === 3 ? 'silent' : n === 7 ? 'never_seen' : 'healthy', 3_000_000 * (n + 1), n % 5 ? { made_by: 'sam', approved_by: 'hazel' } : { alone: true })),
  ...people.slice(0, 7).map(([, name], n) => known(`h${n}`, 'handset', name, n === 2 ? 'degraded' : 'healthy', 400_000 * (n + 1), { made_by: 'sam', approved_by: 'rowan_hale', faults: n === 2 ? ['battery_low', 'not_proven'] : [] })),
  known('s0', 'station', 'School office', 'healthy', 9_000_000, { alone: true }),
];
const waits = (id, kind, label, min, made_by) => known(id, kind, label, 'never_seen', 1, { waiting_until: Date.now() + min * 60_000, ...(made_by ? { made_by } : {}) });
const rejected = (error, message) => ['Rejected', { error, name: 'Refused', message }];
const goodbye = (reason) => async (page, hub) => {
  hub.leader = null;
  hub.send('leader', 'Goodbye', { reason });
  hub.cut();
  await page.locator('[data-page=sign-in]').waitFor();
};
const leader_pages = [
  { name: 'busiest', devices: () => [...school_devices(), waits('w0', 'room', 'Year 4 Plover', 9, 'sam'), waits('w1', 'handset', 'Bryn Alder', 4)], act: tap('.rows summary >> nth=2') },
  { name: 'all-well', devices: () => school_devices().filter(([, { device: { health } }]) => health === 'healthy') },
  { name: 'odd-names', devices: () => [waits('w0', 'room', '\u202e4 raeY <b>', 9, '\u202emas'), known('r0', 'room', '\u2067\u202eyrarbiL', 'silent', 60_000, { made_by: '\u202emas', approved_by: 'hazel' })],
    // The marks turn their own name alone: the words after it stand where they always do.
    act: async (page) => {
      const order = await page.locator('.waiting-card').evaluate((card) => {
        const text = [...card.querySelectorAll('p')].find((one) => one.textContent.includes('made its link')).firstChild;
        const at = (word) => { const range = document.createRange(); const from = text.data.indexOf(word); range.setStart(text, from); range.setEnd(text, from + 1); return range.getBoundingClientRect().left; };
        return at('made') < at('link');
      });
      if (!order) throw new Error('a mark of direction reached beyond its name');
      if (await page.locator('main b').count() > 0) throw new Error('a name became markup');
    } },
  { name: 'idle', leader: { idle_ms: 3000 }, act: (page) => page.locator('[data-notice=idle]').waitFor() },
  { name: 'last', leader: { ends_at: Date.now() + 400_000 } },
  { name: 'not-recorded', journal: 'failing' },
  { name: 'expired', act: goodbye('expired') },
  { name: 'role-changed', act: goodbye('role_changed') },
  { name: 'nobody-to-approve', where: 'link', answer: (type) => (type === 'MakeEnrolmentCode' ? rejected(248, 'Nobody else has an account who could approve the device. Make the link on the hub itself, or let a second leader open an account first.') : ['Done', { seq: 101 }]),
    act: async (page) => { await page.getByRole('combobox').selectOption('y4'); await page.getByRole('button', { name: 'Make the link' }).click(); await page.locator('.toast.wrong').waitFor(); } },
].map((state) => ({ page: 'leaders', where: 'devices', sizes: desk_and_phone, before: () => [staff, places, ...(state.devices ?? school_devices)()], ...state }));

// ---- before a page can work
const gates = ['room', 'handset', 'station'].map((page) => ({ page, name: 'used-link', sizes: [page === 'handset' ? ['phone', 'light'] : ['projector', 'light'], ['phone', 'dark']], ready: 'form', refuse_code: true }));

const talks = handset_talks({ page: 'handset', welcome: signed_in, before: () => [staff, places, adult(0, 'free', { place: 'Library' })] }, on_duty);

export const states = [...room, ...handset, ...station, ...leader_pages, ...gates, ...calm_states(staff, children, cut, { signed_in, on_duty, with_sound }), ...kiosk, ...talks, ...cover_states, ...day_states,
  ...ready_states({ staff, places, children, adult, signed_in, on_duty, with_sound }), ...owed_states({ staff, places, adult, signed_in, on_duty })];
