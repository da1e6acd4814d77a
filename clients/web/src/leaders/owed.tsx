// What we owe, as leaders see it: everything but an adult's own repair, the oldest promise first.
import { useEffect, useState } from 'preact/hooks';
import type { Owed } from '../link/wire.ts';
import { OwedList } from '../parts/owed.tsx';
import { leaders as shared } from '../words_leaders.ts';
import { owed as words } from '../words_owed.ts';
import type { Part } from './devices.tsx';

const AGAIN_MS = 20_000;

export function OwedPage({ link, view, hub_now }: Part) {
  const [owed, set_owed] = useState<Owed | null>(null);
  const ask = async () => {
    const told = await link.command('ListOwed', {});
    if (told.ok && told.message.type === 'Owed') set_owed(told.message.body);
  };
  useEffect(() => {
    if (view.phase !== 'live') return;
    void ask();
    const id = setInterval(() => void ask(), AGAIN_MS);
    return () => clearInterval(id);
  }, [view.phase]);
  const tell = async (type: string, body: Record<string, unknown>) => {
    const told = await link.command(type, body);
    await ask();
    return told.ok ? '' : told.error === 0 ? shared.broke : told.message;
  };
  if (!owed) return <h1>{words.title}</h1>;
  return (
    <>
      <h1>{words.title}</h1>
      <div class="owed"><OwedList owed={owed} wall={(at) => Date.now() + at - hub_now} tell={tell} staff={view.held.staff} people={view.held.people} /></div>
    </>
  );
}
