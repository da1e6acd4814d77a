// What we owe, as a page of the handset. A call comes before it.
import { use_link } from '../parts/hooks.ts';
import { OwedList } from '../parts/owed.tsx';
import { owed as words } from '../words_owed.ts';
import type { Tools } from './parts.ts';

export function OwedPage({ tools, wall, close }: { tools: Tools; wall: (at: number) => number; close: () => void }) {
  const { link } = tools;
  const { held } = use_link(link);
  const tell = async (type: string, body: Record<string, unknown>) => {
    const answer = await link.command(type, body, { durable: true }).answered;
    return answer.ok ? '' : answer.message;
  };
  return (
    <main class="list-page over owed">
      <h1>{words.title}</h1>
      <OwedList owed={held.owed} wall={wall} tell={tell} staff={held.staff} people={held.people} />
      <button class="button quiet wide" onClick={close}>{words.back}</button>
    </main>
  );
}
