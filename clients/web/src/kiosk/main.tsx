// The children's kiosk. Pictures first: a card, then what, who, when, then the promise; and it goes back to the quiet
// start by itself, so that nobody else sees it. Nothing of it is kept on the device.
import '../style/base.css';
import './kiosk.css';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DeviceWatch } from '../device/evidence.ts';
import { open_link } from '../link/browser.ts';
import type { Link } from '../link/link.ts';
import { Announce } from '../parts/announce.tsx';
import { Gate } from '../parts/gate.tsx';
import { use_fleeting, use_link } from '../parts/hooks.ts';
import { follow_theme } from '../parts/theme.ts';
import { kiosk as words } from '../words_talk.ts';
import { Feedback, Home, When, Who } from './choices.tsx';
import { Promised } from './promise.tsx';
import { Rest } from './rest.tsx';
import { type Choice, CHOOSING_MS, PROMISE_MS, UNKNOWN_CARD_MS, code_of, step_of } from './steps.ts';

function Kiosk({ link }: { link: Link }) {
  const view = use_link(link);
  const { held } = view;
  const [choice, set_choice] = useState<Choice | null>(null);
  const [unknown, set_unknown] = use_fleeting<true>(UNKNOWN_CARD_MS);
  const [failed, set_failed] = useState(false);
  const shown = useRef<string | null>(null); // the card that the hub was told of, on this connection
  const live = view.phase === 'live';
  const card = choice?.card ?? null;

  const leave = () => {
    if (choice && live) link.command('HideCard', {});
    shown.current = null;
    link.forget_card();
    set_choice(null);
    set_failed(false);
  };
  const take = (typed: string) => {
    const code = code_of(typed);
    if (!code) return set_unknown(true);
    if (code === card) return; // the same card again
    set_failed(false);
    set_choice({ card: code, wish: null, adult: null, sent: false });
  };
  // The hub is told of the card, and again after it was away: it forgets cards, as it should.
  useEffect(() => {
    if (!live) { shown.current = null; return; }
    if (!card || shown.current === card) return;
    shown.current = card;
    void link.command('ShowCard', { card }).answered.then((answer) => {
      if (!answer.ok && shown.current === card) { set_unknown(true); leave(); }
    });
  }, [live, card]);

  const talk = choice ? held.talks.values().next().value?.view ?? null : null;
  const known = choice !== null && held.card !== null;
  const step = choice ? step_of(choice, talk) : null;

  // Back to the quiet start by itself; every touch and every change begins the wait anew.
  const [touches, touch] = useState(0);
  useEffect(() => {
    if (!choice) return;
    const waits = step === 'promise' && (talk !== null || failed) ? PROMISE_MS : CHOOSING_MS;
    const id = setTimeout(leave, waits);
    return () => clearTimeout(id);
  }, [choice, step, talk?.rung, talk?.adult, talk?.coming, touches, failed]);

  const send = (type: string, more: Record<string, unknown>) => {
    if (!choice) return;
    touch((n) => n + 1);
    void link.command(type, { card: choice.card, ...more }).answered.then((answer) => { if (!answer.ok && answer.name !== 'AlreadyAsked') set_failed(true); });
  };
  const ask = (symbol: string, when: string) => {
    if (!choice) return;
    const who = choice.adult === null ? {} : choice.adult === '' ? { someone_else: true } : { adult: choice.adult };
    set_choice({ ...choice, sent: true });
    send('AskTalk', { symbol, when, ...who });
  };

  if (!choice || (!known && !choice.sent)) return <Rest take={take} unknown={unknown === true} waiting={choice !== null} lost={view.lost} help={held.welcome?.help ?? ''} />;
  return (
    <main class="kiosk" data-step={step} onPointerDown={() => touch((n) => n + 1)} onKeyDown={() => touch((n) => n + 1)}>
      {step === 'home' && <Home choose={(wish) => set_choice({ ...choice, wish })} urgent={() => ask('urgent', 'now')} finished={leave} />}
      {step === 'who' && <Who adults={held.card?.adults ?? []} choose={(adult) => set_choice({ ...choice, adult })} back={() => set_choice({ ...choice, wish: null })} />}
      {step === 'when' && <When choose={(when) => ask(choice.wish ?? 'speak', when)} back={() => set_choice({ ...choice, adult: null })} />}
      {step === 'feedback' && <Feedback rate={(feedback) => { send('RateTalk', { feedback }); set_choice({ ...choice, sent: feedback === 'someone_else' }); if (feedback !== 'someone_else') leave(); }}
        again={() => set_choice({ ...choice, wish: 'speak' })} finished={leave} />}
      {step === 'promise' && <Promised talk={talk} adults={held.card?.adults ?? []} lost={view.lost || failed} hub_offset={view.hub_offset} help={held.welcome?.help ?? ''}
        agree={() => send('AgreeTalk', {})} someone_else={() => send('AskSomeoneElse', {})} urgent={() => ask('urgent', 'now')}
        take_back={() => { send('TakeBackTalk', {}); leave(); }} finished={leave} />}
      <Announce text={step === 'who' ? words.who : step === 'when' ? words.when : ''} />
    </main>
  );
}

follow_theme();
void open_link('kiosk').then((page) => {
  const watch = new DeviceWatch(null);
  const tell = () => page.link.set_evidence(watch.evidence());
  watch.subscribe(tell);
  tell();
  document.title = words.page_title;
  render(<Gate link={page.link}><Kiosk link={page.link} /></Gate>, document.getElementById('page')!);
});
