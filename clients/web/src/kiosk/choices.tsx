// The kiosk's questions: what, who, when, and afterwards how it was. Large pictures of one weight, a word under each for
// whoever reads.
import type { AdultRef } from '../link/wire.ts';
import { kiosk as words } from '../words_talk.ts';
import { Disc, Picture, type SymbolName } from './symbols.tsx';
import type { When as WhenName, Wish } from './steps.ts';

export function Choose({ name, label, run, quiet = false }: { name: SymbolName; label: string; run: () => void; quiet?: boolean }) {
  return <button class={quiet ? 'small' : 'choice'} onClick={run}><Picture name={name} /><span>{label}</span></button>;
}

export function Home({ choose, urgent, finished }: { choose: (wish: Wish) => void; urgent: () => void; finished: () => void }) {
  return (
    <>
      <h1 class="unseen">{words.steps}</h1>
      <div class="grid three" role="group" aria-label={words.steps}>
        <Choose name="hello" label={words.hello} run={() => choose('hello')} />
        <Choose name="talk" label={words.talk} run={() => choose('speak')} />
        <Choose name="urgent" label={words.urgent} run={urgent} />
      </div>
      <nav class="quietly"><Choose quiet name="finished" label={words.finished} run={finished} /></nav>
    </>
  );
}

export function Who({ adults, choose, back }: { adults: readonly AdultRef[]; choose: (person: string) => void; back: () => void }) {
  return (
    <>
      <h1 class="unseen">{words.who}</h1>
      <div class={`grid${adults.length === 1 || adults.length === 3 ? ' by-two' : ''}`} role="group" aria-label={words.who}>
        {adults.slice(0, 5).map((adult, at) => (
          <button class="choice" key={adult.person} onClick={() => choose(adult.person)}>
            <Disc name={adult.short_name} tint={at} away={!adult.here} />
            <span><bdi>{adult.short_name}</bdi>{!adult.here && <small>{words.not_here}</small>}</span>
          </button>
        ))}
        <Choose name="someone_else" label={words.someone_else} run={() => choose('')} />
      </div>
      <nav class="quietly"><Choose quiet name="back" label={words.back} run={back} /></nav>
    </>
  );
}

export function When({ choose, back }: { choose: (when: WhenName) => void; back: () => void }) {
  return (
    <>
      <h1 class="unseen">{words.when}</h1>
      <div class="grid three" role="group" aria-label={words.when}>
        <Choose name="now" label={words.now} run={() => choose('now')} />
        <Choose name="today" label={words.today} run={() => choose('today')} />
        <Choose name="soon" label={words.soon} run={() => choose('soon')} />
      </div>
      <nav class="quietly"><Choose quiet name="back" label={words.back} run={back} /></nav>
    </>
  );
}

export function Feedback({ rate, again, finished }: { rate: (feedback: string) => void; again: () => void; finished: () => void }) {
  return (
    <>
      <h1 class="unseen">{words.met}</h1>
      <div class="grid three" role="group" aria-label={words.met}>
        <Choose name="good" label={words.heard} run={() => rate('heard')} />
        <Choose name="so_so" label={words.not_really} run={() => rate('not_really')} />
        <Choose name="someone_else" label={words.someone_else} run={() => rate('someone_else')} />
      </div>
      <nav class="quietly">
        <Choose quiet name="talk" label={words.talk} run={again} />
        <Choose quiet name="finished" label={words.finished} run={finished} />
      </nav>
    </>
  );
}
