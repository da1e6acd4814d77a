// Before a page can work: no link yet, a link that no longer holds, or the same device open elsewhere. One next step.
import { type ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import { clock as clock_of, link as words } from '../words.ts';
import { Announce } from './announce.tsx';
import { use_link, use_now } from './hooks.ts';
import { Dot } from './shapes.tsx';

export function Gate({ link, children }: { link: Link; children: ComponentChildren }) {
  const view = use_link(link);
  const told = useRef(false);
  if (view.phase === 'needs_code') return <CodePage title={words.needs_code_title} text={words.needs_code} />;
  if (view.phase === 'refused') {
    return <CodePage title={words.refused_title} text={refusal_text(view.refusal?.error)} />;
  }
  if (view.phase === 'replaced') {
    return (
      <main class="centre">
        <h1>{words.replaced_title}</h1>
        <p>{words.replaced}</p>
        <button class="button next" onClick={() => link.take_over()}>{words.take_over}</button>
      </main>
    );
  }
  if (view.approval !== null) return <WaitingPage link={link} />;
  // Nothing half known is drawn: the first picture is what the hub has told in full, or that it can't be reached.
  if (view.held.live || view.lost || view.waiting.length > 0) told.current = true;
  if (!told.current) {
    return (
      <main class="centre waiting">
        <p class="soft"><Dot shape="sending" /> {view.phase === 'enrolling' ? words.enrolling : words.connecting}</p>
      </main>
    );
  }
  return <>{children}</>;
}

function refusal_text(error: number | undefined): string {
  return error === 124 ? words.used_link : error === 127 ? words.not_approved : words.unknown_device;
}

/** A second person has to approve this device: what it waits for, until when, and how else to get help. Nothing of the
    page that is to come is shown before: a room that cannot ask for support must not look as if it could. */
function WaitingPage({ link }: { link: Link }) {
  const view = use_link(link);
  const now = use_now(1000);
  const waits = view.approval!;
  const hub_now = now + view.hub_offset;
  const until = clock_of(Date.now() + waits.until - hub_now);
  return (
    <main class="centre approval" data-gate="waiting">
      <p class="soft"><Dot shape="sending" /> {waits.site}</p>
      <h1><bdi>{waits.label}</bdi></h1>
      <p class="lead">{words.approval[waits.kind] ?? words.approval_any}</p>
      <p>{words.approval_ask(until, waits.until - hub_now)}</p>
      {waits.help && <p class="meanwhile"><strong>{words.approval_meanwhile}</strong> <bdi>{waits.help}</bdi></p>}
      <p class="soft">{words.approval_goes_on}</p>
      <LinkNotices link={link} now={now} />
      <Announce text={words.approval_said} />
    </main>
  );
}

function CodePage({ title, text }: { title: string; text: string }) {
  const [code, set_code] = useState('');
  const clean = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const go = (event: Event) => {
    event.preventDefault();
    if (clean.length < 6) return;
    location.hash = `c=${clean}`;
    location.reload();
  };
  return (
    <main class="centre">
      <h1>{title}</h1>
      <p>{text}</p>
      <form class="field" onSubmit={go}>
        <label for="code">{words.code_label}</label>
        <input id="code" value={code} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={16}
          onInput={(event) => set_code(event.currentTarget.value)} />
        <button class="button next" disabled={clean.length < 6}>{words.code_go}</button>
      </form>
    </main>
  );
}

/** What is wrong with the connection or the hub, in the same calm words on handset and station. */
export function LinkNotices({ link, hush, now }: { link: Link; hush?: { label: string; run: () => void; shown: boolean }; now: number }) {
  const view = use_link(link);
  return (
    <>
      {view.lost && (
        <div class="notice" role="group" data-notice="lost">
          <span class="mark"><Dot shape="lost" size="1.5em" /></span>
          <strong>{view.heard_wall === null ? words.never_reached : words.lost_since(clock_of(view.heard_wall))}</strong>
          {view.heard_at !== null && <span>{words.age(now - view.heard_at)}</span>}
          {hush?.shown && <button class="button" onClick={hush.run}>{hush.label}</button>}
        </div>
      )}
      {!view.lost && view.held.journal === 'failing' && (
        <div class="notice" data-notice="not-recorded">
          <span class="mark"><Dot shape="trouble" size="1.5em" /></span>
          <strong>{words.not_recorded_title}</strong>
          <span>{words.not_recorded}</span>
        </div>
      )}
      {view.behind && <div class="notice"><span class="mark"><Dot shape="trouble" size="1.5em" /></span><span>{words.behind}</span></div>}
      {view.forgetful && <div class="notice"><span class="mark"><Dot shape="trouble" size="1.5em" /></span><span>{words.forgetful}</span></div>}
    </>
  );
}

