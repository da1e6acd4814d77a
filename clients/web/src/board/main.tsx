// The board: who is here for whom, where, until when. Read from three metres, by people who walk past: names large, state
// in words and shape, nothing that moves. In a corridor it names no child: what it is not told it can't show.
import '../style/base.css';
import './board.css';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { DeviceWatch } from '../device/evidence.ts';
import { open_link, type Page } from '../link/browser.ts';
import type { BoardAdult } from '../link/wire.ts';
import { Announce } from '../parts/announce.tsx';
import { Gate, LinkNotices } from '../parts/gate.tsx';
import { use_link, use_now } from '../parts/hooks.ts';
import { Dot, type DotShape } from '../parts/shapes.tsx';
import { follow_theme } from '../parts/theme.ts';
import { Player } from '../sound/player.ts';
import { clock, day, link as link_words, names } from '../words.ts';
import { board as words, cover } from '../words_cover.ts';
import { today } from '../words_day.ts';
import { groups, known, state_of, until } from './wall.ts';

interface Tools extends Page { watch: DeviceWatch }
const shapes: Readonly<Record<BoardAdult['state'], DotShape>> = {
  free: 'here', teaching: 'received', with_child: 'coming', recovering: 'sending', on_break: 'sending', unreachable: 'lost', signed_out: 'lost', absent: 'lost',
};

function Board({ tools }: { tools: Tools }) {
  const { link, watch } = tools;
  const view = use_link(link);
  const now = use_now(1000);
  const { held } = view;
  const { board, timetable } = held;
  const corridor = held.welcome?.corridor ?? false;
  useEffect(() => {
    const tell = () => link.set_evidence(watch.evidence());
    tell();
    return watch.subscribe(tell);
  }, [link, watch]);
  const title = corridor ? words.title : words.title_whom;
  useEffect(() => { document.title = title; }, [title]);
  const hub_now = now + view.hub_offset;
  const wall = Date.now();
  const { cards, lines, away } = groups(board.adults);
  const school = board.school_from !== undefined;
  const quiet_line = timetable?.imported_at === undefined ? words.no_timetable : school ? '' : words.no_school;
  return (
    <>
      <div class={`board${view.lost ? ' is-lost' : ''}`}>
        <header class="top">
          <h1>{title}</h1>
          <p class="soft live">{!view.lost && view.heard_at !== null && <><Dot shape="rest" /> {link_words.live(now - view.heard_at)}</>}</p>
          {!corridor && <button class="button plain" onClick={() => window.print()}>{words.print}</button>}
          <p class="clock">{clock(wall)}</p>
        </header>
        <div class="notices">
          <LinkNotices link={link} now={now} />
          {timetable?.fault !== undefined && <div class="notice" data-notice="timetable"><span class="mark"><Dot shape="trouble" size="1.5em" /></span><strong>{cover.stale}</strong><span>{timetable.fault}</span></div>}
          {quiet_line && <p class="soft">{quiet_line}</p>}
          {board.not_greeted > 0 && <p class="greetings" data-not-greeted={board.not_greeted}><Dot shape="sending" /> {today.board(board.not_greeted)}</p>}
        </div>
        {board.gaps > 0 && (
          <section class="nobody" aria-labelledby="nobody">
            <h2 id="nobody"><Dot shape="trouble" size="1.1em" /> {words.nobody_title}</h2>
            <p class="initials">{board.waiting.map((one) => <b key={one}>{one}</b>)} {board.gaps > board.waiting.length && words.nobody_more(board.gaps - board.waiting.length)}</p>
            <p>{words.nobody_hint}</p>
          </section>
        )}
        <main class={cards.length + lines.length > 9 ? 'many' : ''}>
          {board.adults.length === 0 && <p class="none">{words.empty}</p>}
          <ul class="adults">{cards.map((one) => <Card key={one.person} adult={one} hub_now={hub_now} wall={wall} />)}</ul>
        </main>
        <footer class="foot">
          {lines.map((line) => <p key={line.state} class="away"><span class="soft">{words.states[line.state]}</span> {names(line.people.map((one) => one.short_name), 24)}</p>)}
          {away.length > 0 && <p class="away"><span class="soft">{words.away}</span> {names(away.map((one) => one.short_name), 24)}</p>}
        </footer>
        <Announce text={board.gaps > 0 ? cover.gap_line(board.gaps) : ''} />
      </div>
      <Sheet adults={board.adults} waiting={board.waiting} corridor={corridor} wall={wall} hub_now={hub_now} />
    </>
  );
}

function Card({ adult, hub_now, wall }: { adult: BoardAdult; hub_now: number; wall: number }) {
  return (
    <li class={`adult ${adult.state}${adult.children.length > 0 ? ' has' : ''}`} data-person={adult.person} data-state={adult.state}>
      <h2>{adult.short_name}</h2>
      <p class="state"><Dot shape={shapes[adult.state]} size="1em" /> <span>{state_of(adult)} {words.until(until(adult, hub_now, wall))}</span></p>
      {adult.place !== undefined && <p class="place">{adult.place}</p>}
      {adult.children.length > 0 && (
        <p class="whom"><span class="soft">{words.here_for}</span> {adult.children.map((one) => <b key={one}>{one}</b>)} {adult.children_more > 0 && words.more(adult.children_more)} {adult.swap && <i>{words.stands_in}</i>}</p>
      )}
      <p class="age soft">{known(adult, hub_now, wall)}</p>
    </li>
  );
}

/** The morning sheet: one page of paper, for the tray in the staff room. Not on the screen. */
function Sheet({ adults, waiting, corridor, wall, hub_now }: { adults: readonly BoardAdult[]; waiting: readonly string[]; corridor: boolean; wall: number; hub_now: number }) {
  const columns = corridor ? words.sheet_columns.slice(0, 4) : words.sheet_columns;
  return (
    <main class="sheet">
      <h1>{words.sheet_title(day(wall))}</h1>
      <p>{words.sheet_as_of(clock(wall))}</p>
      {waiting.length > 0 && <p class="sheet-nobody"><b>{words.sheet_nobody}</b> {waiting.join(', ')}</p>}
      <table>
        <thead><tr>{columns.map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
        <tbody>{adults.map((one) => (
          <tr key={one.person}>
            <th scope="row">{one.name}</th><td>{one.place ?? ''}</td><td>{state_of(one)}</td><td>{until(one, hub_now, wall)}</td>
            {!corridor && <td>{one.children.join(', ')}</td>}
          </tr>
        ))}</tbody>
      </table>
    </main>
  );
}

follow_theme();
void open_link('board').then((page) => {
  const watch = new DeviceWatch(new Player());
  void watch.keep_awake();
  render(<Gate link={page.link}><Board tools={{ ...page, watch }} /></Gate>, document.getElementById('page')!);
});
