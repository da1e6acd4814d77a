// The room's page. On a projector it is an ordinary quiet page: the room's name, the time, and three controls that read
// like any toolbar. After a press the toolbar folds into one true line. It never sounds, flashes or names a child.
import '../style/base.css';
import './room.css';
import { type ComponentChildren, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DeviceWatch } from '../device/evidence.ts';
import { open_link, type Page } from '../link/browser.ts';
import { Announce } from '../parts/announce.tsx';
import { Gate } from '../parts/gate.tsx';
import { use_fleeting, use_link, use_now } from '../parts/hooks.ts';
import { Bars, Dot } from '../parts/shapes.tsx';
import { follow_theme } from '../parts/theme.ts';
import { clock, day, levels, link as link_words, room as words } from '../words.ts';
import * as actions from './actions.ts';
import { Breaks } from './breaks.tsx';
import { HelpDialog } from './help.tsx';
import { HoldButton } from './hold.tsx';
import { Extras, HelpsPanel } from './extras.tsx';
import { CardForNewcomers } from './newcomers.tsx';
import { drill_farewell, SiteDrill, TestOfDay, use_returning_test } from '../parts/test_of_day.tsx';
import { shortcut_of } from './shortcuts.ts';
import { situation_of, type Situation } from './situation.ts';

const ROW_MS = 20_000;
const PEEK_MS = 15_000;

function Room({ page }: { page: Page }) {
  const { link, store } = page;
  const view = use_link(link);
  const now = use_now(250);
  const at = situation_of(view, (press) => {
    const since = actions.pressed_at.get(press.id);
    return since === undefined ? Math.max(0, Date.now() - press.made_at) : now - since;
  }, now + view.hub_offset);
  const [discreet, set_discreet] = useState(store.text('discreet') === '1');
  const [peek, set_peek] = use_fleeting<true>(PEEK_MS);
  const [help, set_help] = useState(false);
  const [reading, set_reading] = useState(false);
  use_returning_test(link);
  const [row_until, set_row_until] = useState(-Infinity);
  const [farewell, set_farewell] = use_fleeting<string>(8000);
  // Before the hub has told all for the first time, or is known to be lost, there may be a call: no controls flash up.
  const known = useRef(false);
  if (view.held.live || view.lost) known.current = true;
  const line_ref = useRef<HTMLDivElement>(null);
  const kept = store.kept();
  const label = view.held.welcome?.label ?? kept?.label ?? '';

  const press = (level: number) => {
    actions.press(link, level, now);
    set_farewell(null);
    if (at.kind === 'rest') set_row_until(now + ROW_MS);
    requestAnimationFrame(() => line_ref.current?.focus({ preventScroll: true }));
  };
  const never_mind = () => { if (actions.never_mind(link, at)) set_farewell(words.taken_back); };

  // How the last call ended, said once and quietly.
  const ended = view.held.gone[view.held.gone.length - 1];
  const ended_seen = useRef(ended?.seq ?? 0);
  useEffect(() => {
    if (ended && ended.seq > ended_seen.current && at.kind === 'rest') {
      ended_seen.current = ended.seq;
      set_farewell(drill_farewell(ended.event, view.held.own) ?? (ended.event === 'withdrawn' ? words.withdrawn : words.closed));
    }
  }, [ended, at.kind]);

  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      const wanted = shortcut_of(event);
      if (!wanted) return;
      event.preventDefault();
      if (event.repeat) return;
      if (wanted === 'never_mind') { if (at.may_withdraw) never_mind(); }
      else if (wanted === 'here') { if (at.may_say_here) actions.say_here(link, at); }
      else press(wanted);
    };
    window.addEventListener('keydown', on_key);
    return () => window.removeEventListener('keydown', on_key);
  });
  useEffect(() => { document.title = words.page_title(label); }, [label]);

  const hidden_words = discreet && peek === null && !help;
  const else_line = kept?.help ?? '';
  return (
    <div class={`room${discreet ? ' discreet' : ''}`} data-kind={at.kind} data-rung={at.call?.rung ?? ''}>
      <header class="name">
        <h1>{label}</h1>
        <p class="soft">{day(Date.now())} · {clock(Date.now())}</p>
      </header>
      <main class="corner" aria-label={words.controls}>
        {/* Above the controls, so that these stay where a hand expects them. */}
        {known.current && !hidden_words && <Breaks link={link} at_rest={at.kind === 'rest'} />}
        {hidden_words
          ? <DiscreetDot at={at} help={else_line} show={() => set_peek(true)} />
          : at.kind === 'rest'
            ? known.current && <><SiteDrill link={link} /><Toolbar press={press} farewell={farewell} /></>
            : (
              <section class={`fold arrives${at.drill ? ' is-drill' : ''}`}>
                {at.call?.helps && at.call.rung !== 'settled' && <HelpsPanel helps={at.call.helps} />}
                {!at.drill && <Extras link={link} at={at} open={now < row_until} reopen={() => set_row_until(now + ROW_MS)} close={() => set_row_until(-Infinity)} />}
                {at.mistake_asked && (
                  <div class="ask" role="group" aria-label={words.mistake_title}>
                    <strong>{words.mistake_title}</strong>
                    <button class="button quiet" onClick={() => actions.confirm_mistake(link, at)}>{words.mistake_yes}</button>
                    <button class="button quiet" onClick={() => actions.keep_call(link, at)}>{words.mistake_no}</button>
                  </div>
                )}
                {at.ring_instead && else_line && <p class="instead"><strong>{words.otherwise}</strong> <bdi>{else_line}</bdi></p>}
                {(at.news || at.asked_for) && <p class="news">{at.news && <strong>{at.news}</strong>} {at.asked_for}</p>}
                <div class="row">
                  {/* Settled: who was there may still have to note something, and the room may need someone again. */}
                  {at.call?.rung === 'settled' || at.drill ? <Toolbar press={press} farewell={null} /> : <MoreUrgent at={at} press={press} />}
                  <div class="line" ref={line_ref} tabIndex={-1}>
                    <span class={`rung${at.old ? ' old' : ''}`}><Dot shape={at.shape} size="1.25em" /> <span>{at.line}</span></span>
                    {at.may_say_here && <button class="button quiet" onClick={() => actions.say_here(link, at)}>{words.someone_arrived}</button>}
                    {at.may_withdraw && <button class="button quiet" onClick={never_mind}>{words.never_mind}</button>}
                  </div>
                </div>
              </section>
            )}
        <Foot link_state={view.lost ? 'lost' : view.phase === 'live' ? 'connected' : 'connecting'} since={view.heard_wall}
          age={view.heard_at === null ? null : now - view.heard_at} discreet={hidden_words} rest={at.kind === 'rest'}
          help={view.lost && at.kind === 'rest' ? else_line : ''} open_help={() => set_help(true)}
          failing={view.held.journal === 'failing'} forgetful={view.forgetful} behind={view.behind}
          test={at.kind === 'rest' && known.current && !view.lost ? <TestOfDay link={link} /> : null} />
      </main>
      <Announce text={hidden_words ? '' : at.kind === 'rest' ? farewell ?? '' : [at.line, at.news, at.ring_instead ? `${words.otherwise} ${else_line}` : ''].filter(Boolean).join(' · ')} />
      {reading && <CardForNewcomers room={label} help={else_line} extension={view.held.welcome?.extension} close={() => set_reading(false)} />}
      {help && <HelpDialog discreet={discreet} close={() => set_help(false)} link={link} at_rest={at.kind === 'rest'} read_card={() => { set_help(false); set_reading(true); }}
        set_discreet={(on) => { store.set_text('discreet', on ? '1' : null); set_discreet(on); set_peek(null); }} />}
    </div>
  );
}

function Toolbar({ press, farewell }: { press: (level: number) => void; farewell: string | null }) {
  return (
    <div class="toolbar">
      {farewell && <p class="farewell soft">{farewell}</p>}
      <div class="controls" role="toolbar" aria-label={words.controls}>
        <button class="control" onClick={() => press(1)}><Bars level={1} /> {levels[1]}</button>
        <button class="control" onClick={() => press(2)}><Bars level={2} /> {levels[2]}</button>
        <HoldButton class="control apart" label={levels[3]} run={() => press(3)}>
          <Bars level={3} /> {levels[3]} <small>{words.hold}</small>
        </HoldButton>
      </div>
    </div>
  );
}

/** Higher controls stay within reach: they make the same call more urgent. */
function MoreUrgent({ at, press }: { at: Situation; press: (level: number) => void }) {
  if (at.level >= 3 || at.mistake_asked) return null;
  return (
    <div class="urgent">
      {at.level < 2 && <button class="control small" onClick={() => press(2)}><Bars level={2} /> {levels[2]}</button>}
      <HoldButton class="control small" label={levels[3]} run={() => press(3)}><Bars level={3} /> {levels[3]} <small>{words.hold}</small></HoldButton>
    </div>
  );
}

function DiscreetDot({ at, help, show }: { at: Situation; help: string; show: () => void }) {
  const said = at.kind === 'rest' ? (at.shape === 'lost' ? link_words.never_reached : link_words.connected) : at.line;
  return (
    <button class="discreet-dot" onClick={show} aria-label={words.dot(said)}>
      {at.ring_instead && help && <span class="otherwise">{help}</span>}
      <Dot shape={at.shape} size="1.6em" />
    </button>
  );
}

interface FootProps {
  link_state: 'lost' | 'connected' | 'connecting'; since: number | null; age: number | null; discreet: boolean; rest: boolean;
  help: string; open_help: () => void; failing: boolean; forgetful: boolean; behind: boolean; test: ComponentChildren;
}
function Foot({ link_state, since, age, discreet, rest, help, open_help, failing, forgetful, behind, test }: FootProps) {
  if (discreet) return null;
  return (
    <footer class="foot">
      {link_state === 'lost' ? (
        <div class="lost">
          <p><Dot shape="lost" /> {since === null ? link_words.never_reached : link_words.lost_since(clock(since))}{age !== null && !rest ? `. ${link_words.age(age)}` : ''}</p>
          {rest && <p>{words.lost}{help ? ` ${help}` : ''}</p>}
        </div>
      ) : (
        <p class="soft"><Dot shape={link_state === 'connected' ? 'rest' : 'sending'} /> {link_state === 'connected' ? link_words.connected : link_words.connecting}</p>
      )}
      {failing && <p class="soft"><Dot shape="trouble" /> {link_words.not_recorded_title}. {link_words.not_recorded}</p>}
      {forgetful && <p class="soft">{link_words.forgetful}</p>}
      {behind && <p class="soft">{link_words.behind}</p>}
      {test}
      <button class="help-open" onClick={open_help}>{words.help_open}</button>
    </footer>
  );
}

follow_theme();
void open_link('room').then((page) => {
  const watch = new DeviceWatch(null);
  const tell = () => page.link.set_evidence(watch.evidence());
  watch.subscribe(tell);
  tell();
  render(<Gate link={page.link}><Room page={page} /></Gate>, document.getElementById('page')!);
});
