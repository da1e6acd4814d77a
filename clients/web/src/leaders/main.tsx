// The leaders' page: opening an account from a one-time link, signing in, and then the school's devices, links for new
// ones, and the people who sign in. Nothing of it stays on the device, and all of it is gone when the session ends.
import '../style/base.css';
import './leaders.css';
import { render } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { APP, outside } from '../link/browser.ts';
import { LeaderLink, type LeaderView } from '../link/leader.ts';
import { end_session } from '../link/leaders_http.ts';
import { Announce } from '../parts/announce.tsx';
import { use_fleeting, use_now } from '../parts/hooks.ts';
import { gaps_line } from '../parts/gaps.ts';
import { Dot } from '../parts/shapes.tsx';
import { follow_theme } from '../parts/theme.ts';
import { clock, link as link_words, names } from '../words.ts';
import { cover } from '../words_cover.ts';
import { leaders as words, today } from '../words_leaders.ts';
import { owed } from '../words_owed.ts';
import { DevicesPage, type Part } from './devices.tsx';
import { NewLinkPage } from './new_link.tsx';
import { OpenPage } from './open.tsx';
import { Name } from './parts.tsx';
import { OwedPage } from './owed.tsx';
import { PeoplePage } from './people.tsx';
import { ReadyPage } from './ready.tsx';
import { ready_page } from '../words_ready.ts';
import { SignInPage } from './sign_in.tsx';
import { TodayPage } from './today.tsx';

const WARN_MS = 120_000;
type Where = 'devices' | 'link' | 'people' | 'today' | 'ready' | 'owed';

/** The one-time code of the link, taken out of the address bar at once. */
function take_code(): string {
  const code = new URLSearchParams(location.hash.slice(1)).get('c');
  if (code === null) return '';
  history.replaceState(null, '', location.pathname + location.search);
  return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

function where_now(): Where {
  const asked = location.hash.slice(1);
  return asked === 'link' || asked === 'people' || asked === 'today' || asked === 'ready' || asked === 'owed' ? asked : 'devices';
}

function use_view(link: LeaderLink): LeaderView {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => link.subscribe(() => again(0)), [link]);
  return link.view;
}

function Page({ link, code }: { link: LeaderLink; code: string }) {
  const view = use_view(link);
  const [opening, set_opening] = useState<string | null>(code || null);
  useEffect(() => { document.title = view.welcome ? `${words.page_title}, ${view.welcome.site}` : words.page_title; }, [view.welcome]);
  useEffect(() => {
    // A second link that is opened in this very tab changes the address alone.
    const on_hash = () => { const found = take_code(); if (found) set_opening(found); };
    window.addEventListener('hashchange', on_hash);
    return () => window.removeEventListener('hashchange', on_hash);
  }, []);
  const signed_in = () => { set_opening(null); link.resume(); };
  if (opening !== null) {
    return <OpenPage key={opening} code={opening === '?' ? '' : opening} signed_in={signed_in} to_sign_in={() => set_opening(null)} />;
  }
  if (view.phase === 'signed_out') return <SignInPage ended={view.ended} signed_in={signed_in} give_code={() => set_opening('?')} />;
  if (view.welcome === null) {
    return (
      <main class="centre">
        <p class="soft" role="status"><Dot shape={view.lost ? 'lost' : 'sending'} /> {view.lost ? link_words.never_reached : words.connecting}</p>
      </main>
    );
  }
  return <SignedIn link={link} view={view} />;
}

function SignedIn({ link, view }: { link: LeaderLink; view: LeaderView }) {
  const now = use_now(1000);
  const hub_now = now + view.hub_offset;
  const welcome = view.welcome!;
  const [where, set_where] = useState<Where>(where_now);
  const [said, set_said] = use_fleeting<{ text: string; wrong: boolean }>(12_000);
  useEffect(() => {
    const on_hash = () => set_where(where_now());
    window.addEventListener('hashchange', on_hash);
    return () => window.removeEventListener('hashchange', on_hash);
  }, []);
  useEffect(() => {
    const touched = () => link.touched();
    for (const type of ['pointerdown', 'keydown'] as const) window.addEventListener(type, touched, { capture: true, passive: true });
    return () => { for (const type of ['pointerdown', 'keydown'] as const) window.removeEventListener(type, touched, { capture: true }); };
  }, [link]);
  const say = (text: string, wrong = false) => set_said({ text, wrong });
  const sign_out = async () => { if (await end_session()) link.left(); else say(words.sign_out_failed, true); };
  const sign_out_everywhere = async () => {
    const told = await link.command('EndLeaderSessions', { person: welcome.person });
    if (!told.ok && view.phase !== 'signed_out') say(told.error === 0 ? words.sign_out_failed : told.message, true);
  };
  const admin = welcome.roles.includes('admin');
  const leads = welcome.roles.some((role) => role === 'duty_lead' || role === 'dsl' || role === 'senco' || role === 'head');
  const shown: Where = (where === 'people' && !admin) || ((where === 'today' || where === 'owed') && !leads) ? 'devices' : where;
  const part: Part = { link, view, hub_now, say };
  const tabs: [Where, string][] = [['devices', words.devices], ['ready', ready_page.tab], ['link', words.new_link], ...(leads ? [['today', today.tab] as [Where, string], ['owed', owed.title] as [Where, string]] : []), ...(admin ? [['people', words.people] as [Where, string]] : [])];
  return (
    <div class="leaders">
      <header class="top">
        <p class="site"><Name>{welcome.site}</Name></p>
        <nav aria-label={words.sections}>
          {tabs.map(([key, label]) => <a key={key} href={`#${key}`} aria-current={shown === key ? 'page' : undefined}>{label}</a>)}
        </nav>
        <div class="me"><span class="soft"><span class="unseen">{words.signed_in_as('')}</span><Name>{welcome.name}</Name></span>
          <button class="button quiet" onClick={() => void sign_out()}>{words.sign_out}</button></div>
      </header>
      <main data-where={shown}>
        <Notices link={link} view={view} now={now} hub_now={hub_now} />
        {said && <p class={`toast arrives${said.wrong ? ' wrong' : ''}`}>{said.text}</p>}
        <Announce text={said?.text ?? ''} />
        {shown === 'devices' && <DevicesPage {...part} />}
        {shown === 'ready' && <ReadyPage {...part} />}
        {shown === 'link' && <NewLinkPage {...part} />}
        {shown === 'people' && <PeoplePage {...part} />}
        {shown === 'today' && <TodayPage {...part} />}
        {shown === 'owed' && <OwedPage {...part} />}
      </main>
      <footer class="end">
        <p class="soft"><Dot shape={view.lost || view.phase !== 'live' ? 'lost' : 'rest'} /> {view.phase === 'live' && !view.lost ? link_words.live(now - (view.heard_at ?? now)) : link_words.connecting}</p>
        <p class="soft">{words.session_until(clock(Date.now() + welcome.ends_at - hub_now))}</p>
        <button class="button plain" onClick={() => void sign_out_everywhere()}>{words.sign_out_everywhere}</button>
      </footer>
    </div>
  );
}

/** What is wrong with the connection, the hub or the time that is left. */
function Notices({ link, view, now, hub_now }: { link: LeaderLink; view: LeaderView; now: number; hub_now: number }) {
  const welcome = view.welcome!;
  const idle_left = view.kept_at + welcome.idle_ms - now;
  const last_left = welcome.ends_at - hub_now;
  const last = last_left <= WARN_MS * 5;
  // Half the time at least is without a question, however short a session is.
  const idle = idle_left <= Math.min(WARN_MS, welcome.idle_ms / 2) && !view.lost;
  return (
    <div class="notices">
      {view.lost && (
        <div class="notice" data-notice="lost">
          <span class="mark"><Dot shape="lost" size="1.5em" /></span>
          <strong>{view.heard_wall === null ? link_words.never_reached : link_words.lost_since(clock(view.heard_wall))}</strong>
          {view.heard_at !== null && <span>{link_words.age(now - view.heard_at)}</span>}
        </div>
      )}
      {!view.lost && view.held.journal === 'failing' && (
        <div class="notice" data-notice="not-recorded">
          <span class="mark"><Dot shape="trouble" size="1.5em" /></span><strong>{link_words.not_recorded_title}</strong><span>{link_words.not_recorded}</span>
        </div>
      )}
      {!view.lost && view.held.gaps.length > 0 && (
        <div class="notice" data-notice="gaps">
          <span class="mark"><Dot shape="trouble" size="1.5em" /></span><strong>{gaps_line(view.held.gaps, hub_now)}</strong>
          <span>{names(view.held.gaps.map((gap) => gap.initials ?? ''), 8)}</span>
        </div>
      )}
      {!view.lost && view.held.timetable?.fault !== undefined && (
        <div class="notice" data-notice="timetable">
          <span class="mark"><Dot shape="trouble" size="1.5em" /></span><strong>{cover.stale}</strong><span>{view.held.timetable.fault}</span>
          {view.held.timetable.fault_at !== undefined && <span class="soft">{today.fault_since(clock(Date.now() + view.held.timetable.fault_at - hub_now))}</span>}
        </div>
      )}
      {last ? (
        <div class="notice" data-notice="last"><span class="mark"><Dot shape="trouble" size="1.5em" /></span><span>{words.ends_for_good(clock(Date.now() + last_left))}</span></div>
      ) : idle && (
        <div class="notice" data-notice="idle" role="alert">
          <span class="mark"><Dot shape="trouble" size="1.5em" /></span>
          <strong>{words.still_there}</strong>
          <span aria-live="off">{words.ends_soon(Math.max(0, idle_left))}</span>
          <button class="button" onClick={() => link.touched(true)}>{words.stay}</button>
        </div>
      )}
    </div>
  );
}

follow_theme();
const code = take_code();
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('attune/leaders') : null;
const link = new LeaderLink(APP, outside, () => tabs?.postMessage('kept'));
if (tabs) tabs.onmessage = () => link.kept_elsewhere();
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') link.came_back(); });
window.addEventListener('pageshow', (event) => { if (event.persisted) link.came_back(); });
window.addEventListener('online', () => link.came_back());
link.start();
render(<Page link={link} code={code} />, document.getElementById('page')!);
