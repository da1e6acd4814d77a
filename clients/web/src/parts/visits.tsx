// What pages share about visits: the one question with its two equal answers, and who a visit is.
import { useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { SpaceView, VisitView } from '../link/wire.ts';
import { calm as words, leave_question, spaces as space_words } from '../words_calm.ts';
import { names } from '../words.ts';
import { Dot } from './shapes.tsx';

/** Two equal answers: neither is the right one, and a no is not a fault. */
export function LeaveQuestion({ answer, busy }: { answer: (can_leave: boolean) => void; busy: boolean }) {
  return (
    <div class="question arrives" role="group" aria-label={leave_question}>
      <strong>{leave_question}</strong>
      <div class="answers">
        <button class="button quiet" disabled={busy} onClick={() => answer(true)}>{words.yes}</button>
        <button class="button quiet" disabled={busy} onClick={() => answer(false)}>{words.no}</button>
      </div>
      <p class="soft">{words.question_hint}</p>
    </div>
  );
}

/** Gives a command, and says what the hub said when it was refused. */
export function use_telling(link: Link): { tell: (type: string, body: Record<string, unknown>) => void; busy: boolean; refused: string } {
  const [busy, set_busy] = useState(false);
  const [refused, set_refused] = useState('');
  const tell = (type: string, body: Record<string, unknown>) => {
    set_busy(true);
    set_refused('');
    void link.command(type, body, { durable: true }).answered.then((answer) => {
      set_busy(false);
      if (!answer.ok) set_refused(answer.message);
    });
  };
  return { tell, busy, refused };
}

export function who_is(visit: VisitView): string { return visit.helps?.initials ?? words.a_child; }

/** The station's list: each calm space, how it is, who is in it; no child. */
export function SpaceList({ spaces }: { spaces: Iterable<SpaceView> }) {
  const list = [...spaces];
  if (list.length === 0) return null;
  return (
    <section class="spaces" aria-labelledby="spaces-title">
      <h2 id="spaces-title">{space_words.title}</h2>
      <ul>
        {list.map((space) => (
          <li key={space.space} data-space={space.space} data-state={space.state}>
            <Dot shape={space.state === 'adult_away' ? 'trouble' : space.state === 'closed' || space.state === 'out_of_use' ? 'received' : 'here'} size="1.1em" />
            <div><strong>{space.name}</strong><br /><span>
              {[space_words.states[space.state], names(space.adults), space.here ? space_words.here(space.here) : '', space.coming ? space_words.coming(space.coming) : ''].filter(Boolean).join(' · ')}
            </span></div>
          </li>
        ))}
      </ul>
    </section>
  );
}
