// The promise, as it is now: one picture for how far it is, who has it, and when and where once that is known. It says
// nothing of what was asked for.
import type { AdultRef, TalkView } from '../link/wire.ts';
import { Announce } from '../parts/announce.tsx';
import { now } from '../link/browser.ts';
import { kiosk as words } from '../words_talk.ts';
import { Choose } from './choices.tsx';
import { ClockFace, Disc, Picture, type SymbolName } from './symbols.tsx';

interface Props {
  talk: TalkView | null; adults: readonly AdultRef[]; lost: boolean; hub_offset: number; help: string;
  agree: () => void; someone_else: () => void; urgent: () => void; take_back: () => void; finished: () => void;
}

/** The hub's timeline as this device's wall clock. */
function wall_of(at: number, hub_offset: number): number {
  return Date.now() + at - (now() + hub_offset);
}

/** Exported for the tests: true at every rung, and kind. */
export function sentence_of(talk: TalkView | null, wall: (at: number) => number): string {
  if (!talk) return words.sending;
  const adult = talk.adult;
  if (talk.morning !== undefined) return talk.rung === 'missed' ? words.missed_morning(wall(talk.morning)) : words.morning(adult ?? '', talk.rung === 'received', wall(talk.morning));
  switch (talk.rung) {
    case 'asked':
      if (talk.nobody) return words.nobody;
      if (talk.instead_of !== undefined) return adult ? words.instead(talk.instead_of, adult) : words.instead_lead(talk.instead_of);
      return adult ? words.with_adult(adult) : words.with_lead;
    case 'received': return adult ? words.knows(adult) : words.lead_knows;
    case 'offered': return words.offered(adult ?? '', wall(talk.at ?? 0), talk.place_name ?? '');
    case 'agreed': return words.agreed(adult ?? '', wall(talk.at ?? 0), talk.place_name ?? '');
    case 'missed': return adult ? words.missed(adult) : words.missed_lead;
    case 'calling': return talk.coming ? words.coming : words.calling;
    case 'met': return words.met;
  }
}

const pictures: Readonly<Record<string, SymbolName>> = { asked: 'sending', received: 'knows', missed: 'sorry', calling: 'urgent', met: 'good' };

export function Promised({ talk, adults, lost, hub_offset, help, agree, someone_else, urgent, take_back, finished }: Props) {
  const wall = (at: number) => wall_of(at, hub_offset);
  const promised = talk?.rung === 'offered' || talk?.rung === 'agreed';
  const tint = Math.max(0, adults.findIndex((adult) => adult.short_name === talk?.adult));
  const sentence = lost ? words.not_through : sentence_of(talk, wall);
  return (
    <section class="promise" data-rung={talk?.rung ?? 'sending'}>
      <div class="told">
        {talk?.adult && !lost && <Disc name={talk.adult} tint={tint} />}
        {promised && !lost
          ? <><ClockFace wall={wall(talk.at ?? 0)} /><Picture name={talk.rung === 'agreed' ? 'yes' : 'place'} /></>
          : <Picture name={lost ? 'sorry' : talk?.rung === 'calling' && talk.coming ? 'coming' : pictures[talk?.rung ?? 'asked'] ?? 'sending'} />}
      </div>
      <h1>{sentence}</h1>
      {lost && help && <p><bdi>{help}</bdi></p>}
      {talk?.rung === 'received' && <p class="soft">{words.not_alone}</p>}
      {talk?.rung === 'offered' && !lost && (
        <div class="grid two">
          <Choose name="yes" label={words.yes} run={agree} />
          <Choose name="someone_else" label={words.someone_else} run={someone_else} />
        </div>
      )}
      <nav class="quietly">
        {talk && talk.rung !== 'calling' && talk.rung !== 'offered' && !lost && talk.adult && <Choose quiet name="someone_else" label={words.someone_else} run={someone_else} />}
        {talk && talk.rung !== 'calling' && !lost && <Choose quiet name="urgent" label={words.urgent} run={urgent} />}
        {talk && !lost && <Choose quiet name="never_mind" label={words.never_mind} run={take_back} />}
        <Choose quiet name="finished" label={words.finished} run={finished} />
      </nav>
      <Announce text={sentence} />
    </section>
  );
}
