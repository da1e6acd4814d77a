// What this page knows of the hub, as a pure fold over the hub's messages. Nothing here reads a clock, a socket or
// the page. A card changes only forwards: a message with a smaller seq than the card already has is ignored, so that
// a replay after a reconnect, or the same frame twice, changes nothing.
import type {
  SpaceView, VisitView,
  MyReadiness, ReadinessView,
  AnyFrame, Board, CallEvent, CallGone, CallView, CardShown, ChildRef, Day, DeviceView, Door, GapView, JournalHealth, MyChildren, Owed, PersonRef, SupplyView, PersonView, PlaceRef, TalkView, TimetableState, Welcome,
} from './wire.ts';

export interface Held {
  readonly welcome: Welcome | null;
  /** Everything the hub had to send has come; what comes now is happening now. */
  readonly live: boolean;
  /** The highest seq processed; sent in Hello, so that the hub can replay what was missed. */
  readonly seq: number;
  readonly journal: JournalHealth;
  readonly calls: ReadonlyMap<number, Card>;
  /** Calls that ended for this device, newest last: to say for a moment how, and to refuse stale cards. */
  readonly gone: readonly CallGone[];
  readonly people: ReadonlyMap<string, PersonView>;
  readonly devices: ReadonlyMap<string, DeviceView>;
  readonly staff: readonly PersonRef[];
  readonly children: readonly ChildRef[];
  readonly places: readonly PlaceRef[];
  /** Visits and calm spaces, each with the seq that told it. */
  readonly visits: ReadonlyMap<number, VisitCard>;
  readonly spaces: ReadonlyMap<string, SpaceView>;
  /** Handset: who is signed in here, whether unlocked, whether a duty was proven. */
  readonly person: string | null;
  readonly unlocked: boolean;
  readonly proven: boolean;
  /** Talk times of this adult, or of the child whose card is at this kiosk. */
  readonly talks: ReadonlyMap<number, { readonly seq: number; readonly view: TalkView }>;
  /** Kiosk: what the hub said of the card that is here; null when none is. */
  readonly card: CardShown | null;
  /** Duty leads, stations: children whom nobody can come for, the soonest first. */
  readonly gaps: readonly GapView[];
  readonly board: Omit<Board, 'first'>;
  readonly timetable: TimetableState | null;
  /** The newest answer to ListMyChildren; leaves with the lock. */
  readonly mine: MyChildren | null;
  /** Leaders: who is here for today only. */
  readonly supplies: readonly SupplyView[];
  /** An adult's school day, and the door where they stand; both leave with the lock. */
  readonly day: Day | null;
  /** What is owed after calls, as this adult may see it; leaves with the lock. */
  readonly owed: Owed | null;
  readonly door: Door | null;
  /** What is not ready and whose it is: all of it for those who lead and for stations, else what is this adult's. */
  readonly ready: ReadinessView | null;
  /** This device's own test of the day. */
  readonly own: MyReadiness | null;
}

export interface Card {
  readonly seq: number;
  readonly view: CallView;
  /** Short names of those who are known not to come: they said so, or had it and were let go; the newest last. */
  readonly cannot?: readonly string[];
  /** The adult who had it and has it no longer, while nobody has it. */
  readonly lost_owner?: string;
  /** From before a snapshot: shown as it was until the hub has told all, and gone then unless told again. */
  readonly before?: true;
}

export interface VisitCard {
  readonly seq: number;
  readonly view: VisitView;
  readonly before?: true;
}

export const nothing_held: Held = {
  welcome: null, live: false, seq: 0, journal: 'ok', calls: new Map(), gone: [], people: new Map(), devices: new Map(),
  staff: [], children: [], places: [], visits: new Map(), spaces: new Map(), person: null, unlocked: false, proven: false, talks: new Map(), card: null,
  gaps: [], board: { adults: [], waiting: [], gaps: 0, not_greeted: 0 }, timetable: null, mine: null, supplies: [], day: null, owed: null, door: null, ready: null, own: null,
};

const GONE_KEPT = 32;

/** The next state after one message from the hub. Messages that carry no state give back the same object. */
export function hold(held: Held, message: AnyFrame): Held {
  switch (message.type) {
    case 'Welcome': return welcomed(held, message.body);
    case 'Live': return { ...held, live: true, seq: Math.max(held.seq, message.body.seq), calls: told_anew(held.calls), visits: told_anew(held.visits) };
    case 'Beat': return message.body.journal === undefined || message.body.journal === held.journal
      ? held : { ...held, journal: message.body.journal };
    case 'CallChanged': return call_changed(held, message.body.seq, message.body.call, message.body.event);
    case 'CallGone': return call_gone(held, message.body);
    case 'PersonChanged': {
      const { seq, person } = message.body;
      return { ...held, seq: Math.max(held.seq, seq), people: new Map(held.people).set(person.person, person) };
    }
    case 'DeviceChanged': {
      const { seq, device } = message.body;
      const devices = new Map(held.devices);
      if (device.health === 'revoked') devices.delete(device.device);
      else devices.set(device.device, device);
      return { ...held, seq: Math.max(held.seq, seq), devices };
    }
    case 'Staff': return { ...held, staff: message.body.first ? message.body.people : [...held.staff, ...message.body.people] };
    case 'Children': return { ...held, children: message.body.children };
    case 'Places': return { ...held, places: message.body.first ? message.body.places : [...held.places, ...message.body.places] };
    case 'SpaceChanged': {
      const { seq, space } = message.body;
      return { ...held, seq: Math.max(held.seq, seq), spaces: new Map(held.spaces).set(space.space, space) };
    }
    case 'VisitChanged': {
      const { seq, visit } = message.body;
      const card = held.visits.get(visit.visit);
      if (card && seq < card.seq) return held;
      return { ...held, seq: Math.max(held.seq, seq), visits: new Map(held.visits).set(visit.visit, { seq, view: visit }) };
    }
    case 'VisitGone': {
      const { seq, visit } = message.body;
      const visits = new Map(held.visits);
      visits.delete(visit);
      return { ...held, seq: Math.max(held.seq, seq), visits };
    }
    case 'CardShown': return card_shown(held, message.body);
    case 'TalkChanged': return talk_changed(held, message.body.seq, message.body.talk);
    case 'TalkGone': return talk_gone(held, message.body.seq, message.body.talk);
    case 'Gaps': return { ...held, gaps: message.body.gaps };
    case 'Board': return { ...held, board: message.body.first ? message.body : { ...held.board, adults: [...held.board.adults, ...message.body.adults] } };
    case 'TimetableState': return { ...held, timetable: message.body };
    case 'MyChildren': return { ...held, mine: message.body };
    case 'Supplies': return { ...held, supplies: message.body.supplies };
    case 'Day': return { ...held, day: message.body };
    case 'Owed': return { ...held, owed: message.body };
    case 'Door': return { ...held, door: message.body.open ? message.body : null };
    case 'Readiness': return { ...held, ready: message.body.readiness };
    case 'MyReadiness': return { ...held, own: message.body };
    default: return held;
  }
}

/** Without what is about children: the page is locked. */
function visits_locked(visits: ReadonlyMap<number, VisitCard>): ReadonlyMap<number, VisitCard> {
  return new Map([...visits].map(([id, card]) => {
    const { helps: _helps, ...view } = card.view;
    return [id, { ...card, view }];
  }));
}

/** As with cards of calls: what was shown stays until all has been told anew. */
function visits_until_told(held: Held, welcome: Welcome): ReadonlyMap<number, VisitCard> {
  if ((welcome.person ?? null) !== held.person) return new Map();
  const visits = held.unlocked && !welcome.unlocked ? visits_locked(held.visits) : held.visits;
  return new Map([...visits].map(([id, card]) => [id, { ...card, seq: 0, before: true as const }]));
}

function welcomed(held: Held, welcome: Welcome): Held {
  const kept = welcome.resume === 'snapshot'
    ? { ...nothing_held, staff: held.staff, children: held.children, places: held.places, calls: kept_until_told(held, welcome), visits: visits_until_told(held, welcome), spaces: held.spaces, board: held.board, timetable: held.timetable }
    : held;
  return {
    ...kept, welcome, live: false, seq: welcome.resume === 'snapshot' ? 0 : held.seq, journal: welcome.journal,
    person: welcome.person ?? null, unlocked: welcome.unlocked, proven: welcome.proven,
  };
}

/** What was shown stays while the hub tells all anew, so that an open call never looks like none for a moment; not for
    another person, and nothing of children where the page is locked now. */
function kept_until_told(held: Held, welcome: Welcome): ReadonlyMap<number, Card> {
  if ((welcome.person ?? null) !== held.person) return new Map();
  const cards = held.unlocked && !welcome.unlocked ? locked(held).calls : held.calls;
  return new Map([...cards].map(([id, card]) => [id, { ...card, seq: 0, before: true as const }]));
}

function told_anew<T extends { readonly before?: true }>(calls: ReadonlyMap<number, T>): ReadonlyMap<number, T> {
  return [...calls.values()].some((card) => card.before) ? new Map([...calls].filter(([, card]) => !card.before)) : calls;
}

/** Who is known not to come after this event, out of the card before it. */
function news_of(card: Card | undefined, view: CallView, event: CallEvent): Pick<Card, 'cannot' | 'lost_owner'> {
  const old = card?.view;
  const left = event === 'reopened' && old?.owner !== undefined ? [old.owner]
    : event === 'declined' && old ? old.offered.filter((name) => !view.offered.includes(name)) : [];
  const cannot = [...(card?.cannot ?? []).filter((name) => !left.includes(name)), ...left]
    .filter((name) => name !== view.owner && !view.helpers.includes(name));
  const lost_owner = view.owner !== undefined ? undefined : event === 'reopened' ? old?.owner ?? card?.lost_owner : card?.lost_owner;
  return { ...(cannot.length > 0 ? { cannot } : {}), ...(lost_owner !== undefined ? { lost_owner } : {}) };
}

function call_changed(held: Held, seq: number, view: CallView, event: CallEvent): Held {
  const card = held.calls.get(view.call);
  if (card && seq < card.seq) return held;
  const ended = held.gone.find((gone) => gone.call === view.call);
  if (ended && seq <= ended.seq) return held;
  const gone = ended ? held.gone.filter((one) => one !== ended) : held.gone;
  return { ...held, seq: Math.max(held.seq, seq), gone, calls: new Map(held.calls).set(view.call, { seq, view, ...news_of(card, view, event) }) };
}

function call_gone(held: Held, gone: CallGone): Held {
  const card = held.calls.get(gone.call);
  if (card && gone.seq < card.seq) return held;
  const calls = new Map(held.calls);
  calls.delete(gone.call);
  const others = held.gone.filter((one) => one.call !== gone.call);
  return { ...held, seq: Math.max(held.seq, gone.seq), calls, gone: [...others, gone].slice(-GONE_KEPT) };
}

function card_shown(held: Held, card: CardShown): Held {
  const talks = new Map(card.talk ? [[card.talk.talk, { seq: held.seq, view: card.talk }]] : []);
  return { ...held, card, talks };
}

/** At a kiosk one card is there, and one talk: the newest. Without a card, what still arrives is not for anybody here. */
function talk_changed(held: Held, seq: number, view: TalkView): Held {
  const known = held.talks.get(view.talk);
  const at_kiosk = held.welcome?.kind === 'kiosk';
  if ((known && seq < known.seq) || (at_kiosk && held.card === null)) return { ...held, seq: Math.max(held.seq, seq) };
  return { ...held, seq: Math.max(held.seq, seq), talks: new Map(at_kiosk ? [] : held.talks).set(view.talk, { seq, view }) };
}

function talk_gone(held: Held, seq: number, talk: number): Held {
  const talks = new Map(held.talks);
  talks.delete(talk);
  return { ...held, seq: Math.max(held.seq, seq), talks };
}

/** The card is gone: nothing of the child stays on the page. */
export function without_card(held: Held): Held {
  return { ...held, card: null, talks: new Map() };
}

/** After SignIn or SetPin was done: the hub sends what this person may see; who they are is known here. */
export function signed_in(held: Held, person: string): Held {
  return { ...held, person, unlocked: true, proven: held.person === person && held.proven };
}

/** Signed out, here or because the person signed in elsewhere. */
export function signed_out(held: Held): Held {
  return { ...held, person: null, unlocked: false, proven: false, calls: new Map(), visits: new Map(), places: [], talks: new Map(), gaps: [], mine: null, day: null, owed: null, door: null, ready: null };
}

/** Locked: what is about children leaves the page at once, before the hub says so too. */
export function locked(held: Held): Held {
  const calls = new Map<number, Card>();
  for (const [id, card] of held.calls) {
    const { helps: _helps, ...view } = card.view;
    calls.set(id, { ...card, view });
  }
  return { ...held, unlocked: false, calls, visits: visits_locked(held.visits), talks: new Map(), gaps: [], mine: null, day: null, owed: null, door: null };
}

export function proven(held: Held): Held {
  return { ...held, proven: true };
}

/** Open calls, most urgent first, then oldest; the one that this device owns comes before all. Real before drill. */
export function by_urgency(calls: Iterable<CallView>): CallView[] {
  const own = (view: CallView) => (view.relation === 'owner' ? 0 : 1);
  const quiet = (view: CallView) => (view.relation === 'declined' || view.relation === 'overseer' ? 1 : 0);
  return [...calls].sort((a, b) =>
    own(a) - own(b) || quiet(a) - quiet(b) || Number(a.drill) - Number(b.drill) || b.level - a.level ||
    a.raised_at - b.raised_at || a.call - b.call);
}
