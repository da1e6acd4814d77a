// Closing: what helped, what it might have been telling us, done. Both may be left out; the rest is owed later.
import { useState } from 'preact/hooks';
import type { Link, LinkView } from '../link/link.ts';
import type { Store } from '../link/store.ts';
import type { CallView, Need } from '../link/wire.ts';
import { type Closing, closing_of, keep_closing } from './closing.ts';
import { handset as words, needs } from '../words.ts';

export function ClosePage({ link, store, view, call, me }: { link: Link; store: Store; view: LinkView; call: CallView; me: string }) {
  const [answers, set_answers] = useState<Closing>(() => closing_of(store, call.call, me));
  const { helped, needs: heard } = answers;
  const keep = (next: Closing) => { keep_closing(store, call.call, me, next); set_answers(next); };
  const closing = view.waiting.some((one) => one.type === 'CloseCall' && one.body['call'] === call.call);
  const toggle = <T,>(list: readonly T[], item: T): T[] => (list.includes(item) ? list.filter((one) => one !== item) : [...list, item].slice(0, 8));
  const lines = call.helps?.lines ?? [];
  return (
    <article class="call closing" data-call={call.call} data-relation={call.relation} data-rung={call.rung}>
      <header class="where">
        <p class="soft">{call.drill ? `${words.drill} · ` : ''}{call.place_name}{call.outcome === 'moved' && call.moved_to ? ` · ${call.moved_to}` : ''}</p>
        <h1>{words.finish_title}</h1>
        <p>{words.finish_hint}</p>
      </header>
      <div class="middle" tabIndex={0} role="group" aria-label={words.about_call}>
        {lines.length > 0 && (
          <section>
            <h2>{words.helped_title}</h2>
            <div class="chips">{lines.map((line, n) => (
              <button class="chip" key={line} aria-pressed={helped.includes(n)} onClick={() => keep({ helped: toggle(helped, n), needs: heard })}>{line}</button>
            ))}</div>
          </section>
        )}
        <section>
          <h2>{words.needs_title}</h2>
          <div class="chips">{(Object.keys(needs) as Need[]).map((need) => (
            <button class="chip" key={need} aria-pressed={heard.includes(need)} onClick={() => keep({ helped, needs: toggle(heard, need) })}>{needs[need]}</button>
          ))}</div>
        </section>
      </div>
      <footer class="thumb">
        <button class="button next wide tall" disabled={closing} onClick={() => link.command('CloseCall', { call: call.call, helped: [...helped].sort(), needs: [...heard] }, { durable: true })}>
          {closing ? words.sending : helped.length + heard.length === 0 ? words.finish_without : words.finish}
        </button>
      </footer>
    </article>
  );
}
