// The handset's page. In a hand that walks: one column, the call fills it, one next step at the thumb. It sounds until
// somebody owns the call, and tells the hub so only once the card is on the screen and the sound has really begun.
import '../style/base.css';
import './handset.css';
import { type ComponentChildren, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DeviceWatch } from '../device/evidence.ts';
import { make_receipts } from '../device/receipts.ts';
import { now as page_now, open_link } from '../link/browser.ts';
import { type Held, by_urgency } from '../link/held.ts';
import type { CallView, ChildRef, GapView } from '../link/wire.ts';
import { Announce } from '../parts/announce.tsx';
import { Gate, LinkNotices } from '../parts/gate.tsx';
import { use_changes, use_fleeting, use_link, use_now } from '../parts/hooks.ts';
import { gaps_line } from '../parts/gaps.ts';
import { Dot } from '../parts/shapes.tsx';
import { follow_theme } from '../parts/theme.ts';
import { Player } from '../sound/player.ts';
import { Ringer } from '../sound/ringer.ts';
import { level_name, link as link_words, handset as words } from '../words.ts';
import { talks as talk_words } from '../words_talk.ts';
import { cover } from '../words_cover.ts';
import { door as door_words, today as today_words } from '../words_day.ts';
import { owed as owed_words } from '../words_owed.ts';
import { CallCard, CallLine } from './card.tsx';
import { GapCard, MyChildrenPage, SwapPage } from './cover.tsx';
import { NotePage, TodayCards, useDayNote } from './day.tsx';
import { check_in_now, greet_now } from './day_list.ts';
import { DoorPage } from './door.tsx';
import { DutyPage } from './duty.tsx';
import { leads, LookCard, my_look, ReadyPage } from './look.tsx';
import { runner as look_words, station_ready, test as test_words } from '../words_ready.ts';
import { OwedPage } from './owed.tsx';
import type { Tools } from './parts.ts';
import { SignInPage } from './pin.tsx';
import { MyVisits } from './visits.tsx';
import { RaisePage } from './raise.tsx';
import { forget_closing } from './closing.ts';
import { answered_calls, asks, ring_list, sent_by_station } from './ring_list.ts';
import { StateSheet, state_words } from './sheet.tsx';
import { waits_for_me } from './talk_list.ts';
import { TalkLine, TalkTimes, useTalkNote } from './talks.tsx';

const LINES_MAX = 3;

function Handset({ tools }: { tools: Tools }) {
  const { link, player, watch } = tools;
  const view = use_link(link);
  const now = use_now(500);
  use_changes(watch);
  const { held } = view;
  const [sheet, set_sheet] = useState(false);
  const [raising, set_raising] = useState(false);
  const [swapping, set_swapping] = useState<GapView | null>(null);
  const [children, set_children] = useState(false);
  const [at_door, set_at_door] = useState(false);
  const [noting, set_noting] = useState<ChildRef | null>(null);
  const [readying, set_readying] = useState(false);
  const [unlocking, set_unlocking] = useState(false);
  const [selected, set_selected] = useState<number | null>(null);
  const [farewell, set_farewell] = use_fleeting<string>(7000);
  const [started, set_started] = useState(false);
  const [at_talks, set_at_talks] = useState(false);
  const [at_owed, set_at_owed] = useState(false);

  const calls = by_urgency([...held.calls.values()].map((card) => card.view));
  const active = calls.filter((call) => call.relation === 'owner' || call.relation === 'helper' || call.relation === 'offered');
  const top = calls.find((call) => call.call === selected) ?? active[0] ?? calls.find((call) => call.relation === 'raiser') ?? null;
  const others = calls.filter((call) => call !== top);
  const me = held.person ?? '';
  const person = held.staff.find((one) => one.person === me);

  useFollowing(tools, calls);
  useTalkNote(tools, calls.some((call) => asks(call) || sent_by_station(call)));
  useDayNote(tools, calls.some((call) => asks(call) || sent_by_station(call)));
  const asking_all = calls.filter((call) => asks(call) || sent_by_station(call));
  useFarewell(held, me, asking_all.map((call) => call.call), set_farewell);
  useEffect(() => { if (held.live && held.person) forget_closing(tools.store, held.calls); }, [held.live, held.person, held.calls]);
  useEffect(() => { if (selected !== null && !held.calls.has(selected)) set_selected(null); }, [held.calls, selected]);
  useEffect(() => { if (held.unlocked) set_unlocking(false); else { set_swapping(null); set_children(false); set_at_door(false); set_noting(null); set_at_owed(false); } }, [held.unlocked]);
  // A call comes before all that is merely being looked at.
  useEffect(() => { if (active.length > 0) { set_swapping(null); set_children(false); set_readying(false); set_at_door(false); set_noting(null); set_at_owed(false); } }, [active.length > 0]);
  useEffect(() => { if (player.unlocked && held.proven) set_started(true); }, [player.unlocked, held.proven, held.own?.proven_at]);

  if (!held.welcome) return <><Notices tools={tools} now={now} /><main class="centre"><p class="soft">{link_words.connecting}</p></main></>;
  if (!held.person) return <><Notices tools={tools} now={now} /><SignInPage tools={tools} /></>;
  if (unlocking && !held.unlocked) return <SignInPage tools={tools} unlock_only cancel={() => set_unlocking(false)} />;

  const hub_now = now + view.hub_offset;
  const mine = held.people.get(held.person);
  const wall = (at: number) => Date.now() + at - hub_now;
  const waits_today = check_in_now(held.day).length + greet_now(held.day).length > 0;
  const asks_to_talk = [...held.talks.values()].some((one) => waits_for_me(one.view));
  const strip = <Strip tools={tools} name={person?.short_name ?? ''} open={() => set_sheet(true)} />;
  const asking = asking_all[0];
  const look = my_look(held);
  const looks = held.ready?.items.filter((item) => item.mine).length ?? 0;
  const body = () => {
    if (swapping && held.unlocked) return <SwapPage tools={tools} gap={swapping} close={() => set_swapping(null)} done={set_farewell} />;
    if (noting && held.unlocked) return <NotePage tools={tools} child={noting} close={() => set_noting(null)} />;
    if (at_door && held.unlocked) return <DoorPage tools={tools} close={() => set_at_door(false)} />;
    if (children && held.unlocked) return <MyChildrenPage tools={tools} close={() => set_children(false)} write={set_noting} wall={wall} />;
    if (at_owed && held.unlocked) return <OwedPage tools={tools} wall={wall} close={() => set_at_owed(false)} />;
    if (readying) return <ReadyPage tools={tools} close={() => set_readying(false)} />;
    if (raising) return <RaisePage tools={tools} close={() => set_raising(false)} />;
    if (active.length === 0 && !started && selected === null) return <DutyPage tools={tools} name={person?.short_name ?? ''} />;
    return (
      <main class="column">
        {farewell && !asking && <p class="toast arrives" role="status">{farewell}</p>}
        {others.slice(0, LINES_MAX).map((call) => <CallLine key={call.call} call={call} hub_now={hub_now} show={() => set_selected(call.call)} />)}
        {others.length > LINES_MAX && <p class="soft more">{words.more_calls(others.length - LINES_MAX)}</p>}
        {top && (at_talks ? <TalkTimes link={link} view={view} hub_now={hub_now} base={mine?.place} /> : <TalkLine view={view} show={() => set_at_talks(true)} />)}
        {top && held.gaps.length > 0 && <p class="gap-line"><Dot shape="trouble" /> {gaps_line(held.gaps, hub_now)}</p>}
        {!top && held.gaps.length > 0 && <GapCard gaps={held.gaps} hub_now={hub_now} choose={set_swapping} />}
        {!top && look && <LookCard key={look.device} tools={tools} item={look} others={looks - 1} prove={() => { set_started(false); }} />}
        {top ? <CallCard key={top.call} link={link} store={tools.store} view={view} call={top} hub_now={hub_now} me={me} back={top.call === selected ? () => set_selected(null) : undefined} />
          : <Quiet lost={view.lost} age={view.heard_at === null ? null : now - view.heard_at} above={others.some((call) => call.relation === 'declined') ? words.declined_above : others.length > 0 ? words.others_above : null}
            raise={() => set_raising(true)} mine={() => set_children(true)} may_raise={held.unlocked} talks={held.talks.size === 0 && !waits_today && (held.day?.notes.length ?? 0) === 0 ? null : <><TodayCards link={link} view={view} hub_now={hub_now} wall={wall} /><TalkTimes link={link} view={view} hub_now={hub_now} base={mine?.place} /></>} quieter={held.gaps.length > 0 || look !== null} ready={leads(held) ? { open: () => set_readying(true), missing: (held.ready?.items.length ?? 0) + (held.ready?.items_more ?? 0) } : null}
            owed={held.owed && held.owed.items.length > 0 ? { open: () => set_at_owed(true), count: held.owed.items.length + held.owed.more, late: held.owed.items.filter((one) => one.overdue).length } : null}
            door={held.day?.on ? () => { link.command('TakeDoor', {}); set_at_door(true); } : null} />}
        {!asking && top?.relation !== 'owner' && <MyVisits link={link} hub_now={hub_now} />}
      </main>
    );
  };
  return (
    <div class={`handset${top ? ' busy' : ''}`}>
      {strip}
      <Notices tools={tools} now={now} />
      {held.ready?.drill && <p class="bar drill-bar"><strong>{station_ready.drill(held.ready.drill.pressed, held.ready.drill.rooms)}</strong></p>}
      {!held.unlocked && <button class="bar" onClick={() => set_unlocking(true)}>{words.locked} <u>{words.unlock}</u></button>}
      {(active.length > 0 || started) && !player.unlocked && (
        <button class="bar warn" onClick={() => void player.unlock()}><Dot shape="trouble" /> {words.sound_off_tap}</button>
      )}
      {held.door && !at_door && held.unlocked && <button class="bar" onClick={() => set_at_door(true)}>{door_words.line(held.door.children.length + held.door.more)}</button>}
      {body()}
      <Announce urgent text={asking ? words.new_call(level_name(asking.level), asking.place_name, asking.drill) : ''} />
      <Announce text={asks_to_talk ? talk_words.new_one : waits_today ? today_words.new_one : ''} />
      {sheet && <StateSheet tools={tools} close={() => set_sheet(false)} ask_pin={() => set_unlocking(true)} />}
    </div>
  );
}

function Strip({ tools, name, open }: { tools: Tools; name: string; open: () => void }) {
  const { link, player, watch } = tools;
  const view = use_link(link);
  const me = view.held.person ? view.held.people.get(view.held.person) : undefined;
  const battery = watch.battery;
  const state = state_words(me, view.held, player.unlocked, view.hub_offset);
  return (
    <header class="strip">
      <button class="me" onClick={open} aria-haspopup="dialog"><strong>{name}</strong> <span>{state}</span> <span class="soft" aria-hidden="true">▾</span></button>
      <p class="link soft">
        {battery && battery.percent <= 30 && <span>{battery.percent} %</span>}
        <span class="unseen">{view.lost ? link_words.never_reached : view.phase === 'live' ? link_words.connected : link_words.connecting}</span>
        <Dot shape={view.lost ? 'lost' : view.phase === 'live' ? 'rest' : 'sending'} size="1.4em" />
      </p>
    </header>
  );
}

function Notices({ tools, now }: { tools: Tools; now: number }) {
  const { link, ringer } = tools;
  return (
    <div class="notices">
      <LinkNotices link={link} now={now} hush={{ label: words.hush, run: () => ringer.hush_lost(), shown: ringer.lost_sounding }} />
    </div>
  );
}

/** No open calls: live and just checked, or honestly old. */
function Quiet({ lost, age, above, raise, mine, may_raise, talks, quieter, door, ready, owed }: { owed: { open: () => void; count: number; late: number } | null; ready: { open: () => void; missing: number } | null; lost: boolean; age: number | null; above: string | null; raise: () => void; mine: () => void; may_raise: boolean; quieter: boolean; talks: ComponentChildren; door: (() => void) | null }) {
  return (
    <section class={`quiet${talks ? ' with-talks' : ''}${quieter ? ' below' : ''}`}>
      {talks}
      <div>
        {lost ? <h1>{words.no_calls_known}</h1> : <><h1>{above ? words.no_calls_for_you : words.no_calls}</h1>{above && <p>{above}</p>}<p class="soft">{age === null ? '' : link_words.live(age)}</p></>}
      </div>
      {may_raise && <div class="quiet-pair">{owed && <button class="button quiet wide" onClick={owed.open}>{owed.late > 0 && <Dot shape="trouble" />} {owed_words.open(owed.count, owed.late)}</button>}{door && <button class="button quiet wide" onClick={door}>{door_words.open}</button>}{ready && <button class="button plain wide" onClick={ready.open}>{ready.missing > 0 && <Dot shape="trouble" />} {ready.missing > 0 ? look_words.line(ready.missing) : look_words.page_open}</button>}<button class="button quiet wide" onClick={mine}>{cover.mine}</button><button class="button quiet wide" onClick={raise}>{words.ask_support}</button></div>}
    </section>
  );
}

/** Sound, beats and the lost hub follow what is held, outside of drawing. */
function useFollowing(tools: Tools, calls: readonly CallView[]): void {
  const { link, ringer, watch, store } = tools;
  const view = link.view;
  useEffect(() => {
    ringer.set_ringing(view.held.person ? ring_list(calls, answered_calls(view.waiting)) : []);
    ringer.set_lost(view.lost && view.held.person ? view.lost_since : null);
  });
  useEffect(() => {
    const tell = () => link.set_evidence(watch.evidence());
    tell();
    return watch.subscribe(tell);
  }, [link, watch]);
  // The person signed in on another handset: what is on this one is no longer theirs.
  const mine = view.held.person ? view.held.people.get(view.held.person) : undefined;
  useEffect(() => {
    if (mine?.state === 'signed_out') {
      store.set_bytes('session', null);
      link.note_signed_out();
    }
  }, [mine?.state]);
}

/** Says for a moment how a call ended for this adult; a call that comes back, or another that begins to ask, takes the word
    off again: it would be read as said of that one. */
function useFarewell(held: Held, me: string, asking: readonly number[], say: (text: string | null) => void): void {
  const newest = held.gone[held.gone.length - 1];
  const seen = useRef(newest?.seq ?? 0);
  const said = useRef(0);
  const asked = useRef<readonly number[]>([]);
  useEffect(() => {
    const fresh = asking.some((call) => !asked.current.includes(call));
    // Whoever leads goes on seeing a call that another took first; that they need not go is said all the same.
    const taken = asked.current.filter((call) => !asking.includes(call)).map((call) => held.calls.get(call)?.view).find((view) => view?.relation === 'overseer' && view.owner);
    asked.current = asking;
    if (fresh || held.calls.has(said.current)) {
      said.current = 0;
      say(null);
    }
    if (taken) say(words.taken_by(taken.owner!));
    if (!newest || newest.seq <= seen.current) return;
    seen.current = newest.seq;
    if (newest.event === 'declined') return;
    said.current = newest.call;
    const owner = held.staff.find((one) => one.person === newest.owner || one.short_name === newest.owner);
    if (newest.event === 'gave_way') say(test_words.gave_way);
    else if (newest.event === 'drill_over') say(test_words.over);
    else if (newest.event === 'withdrawn') say(words.gone_withdrawn);
    else if (newest.event === 'closed') say(words.gone_closed);
    else if (newest.owner && owner?.person !== me) say(words.taken_by(owner?.short_name ?? newest.owner));
    else say(words.gone_other);
  }, [held, me]);
}

follow_theme();
void open_link('handset').then((page) => {
  const player = new Player();
  const watch = new DeviceWatch(player);
  const ringer = new Ringer(player, page_now, make_receipts(page.link));
  const tools: Tools = { ...page, player, watch, ringer };
  // Any tap or key is a gesture that lets the page sound, and takes the wake lock again.
  for (const event of ['pointerdown', 'keydown']) {
    window.addEventListener(event, () => {
      if (!player.unlocked) void player.unlock();
      if (page.link.view.held.person !== null && !watch.awake) void watch.keep_awake();
    });
  }
  render(<Gate link={page.link}><Handset tools={tools} /></Gate>, document.getElementById('page')!);
});
