// Start duty: one tap plays the tone, vibrates and keeps the screen awake; the answer to "did you hear it?" is evidence
// that the hub keeps. Also after a reload, since a browser silences a page until it is tapped.
import { useState } from 'preact/hooks';
import { figures } from '../sound/figures.ts';
import { use_changes, use_link } from '../parts/hooks.ts';
import { Dot } from '../parts/shapes.tsx';
import { handset as words, link as link_words } from '../words.ts';
import type { Tools } from './parts.ts';

export function DutyPage({ tools, name }: { tools: Tools; name: string }) {
  const { link, player, watch } = tools;
  const view = use_link(link);
  use_changes(watch);
  const [stage, set_stage] = useState<'begin' | 'asked' | 'unheard' | 'silent'>('begin');
  const battery = watch.battery;

  const play = async () => {
    await player.unlock();
    void watch.keep_awake();
    set_stage((await player.play(figures.proof)) ? 'asked' : 'silent');
  };
  const answer = async (heard: boolean) => {
    if (!heard) set_stage('unheard');
    const { answered } = link.command('ProveHandset', { heard, vibrated: typeof navigator.vibrate === 'function' });
    if ((await answered).ok && heard) link.note_proven();
  };
  return (
    <main class="duty">
      <div>
        <p class="soft">{words.hello(name)}</p>
        <h1>{stage === 'begin' ? words.duty_title : stage === 'silent' ? words.sound_off : words.duty_asked}</h1>
        <p>{stage === 'begin' ? words.duty_hint : stage === 'unheard' ? words.duty_fix : stage === 'silent' ? words.duty_no_sound : ''}</p>
      </div>
      <ul class="facts">
        <li><Dot shape={view.lost ? 'lost' : view.phase === 'live' ? 'rest' : 'sending'} /> {view.lost ? link_words.never_reached : view.phase === 'live' ? link_words.connected : link_words.connecting}</li>
        <li><Dot shape={battery && battery.percent <= 15 && !battery.charging ? 'trouble' : 'rest'} /> {battery ? words.battery(battery.percent, battery.charging) : words.battery_unknown}</li>
        {stage !== 'begin' && <li><Dot shape={watch.awake ? 'rest' : 'trouble'} /> {watch.awake ? words.awake : words.not_awake}</li>}
      </ul>
      <div class="thumb">
        {stage === 'begin' && <button class="button next wide tall" onClick={() => void play()}>{view.held.proven ? words.duty_carry_on : words.duty_go}</button>}
        {stage === 'asked' && <button class="button next wide tall" onClick={() => void answer(true)}>{words.duty_heard}</button>}
        {stage === 'asked' && <button class="button quiet wide" onClick={() => void answer(false)}>{words.duty_not_heard}</button>}
        {(stage === 'unheard' || stage === 'silent') && <button class="button next wide tall" onClick={() => void play()}>{words.duty_again}</button>}
      </div>
    </main>
  );
}
