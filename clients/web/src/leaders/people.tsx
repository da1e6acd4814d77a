// Who may sign in here, for administrators: inviting, and signing somebody out of every browser.
import { useEffect, useState } from 'preact/hooks';
import { now as page_now } from '../link/browser.ts';
import type { Accounts, AccountView, LeaderInvitation } from '../link/wire.ts';
import { clock } from '../words.ts';
import { leaders as shared, people as words } from '../words_leaders.ts';
import { apart, Name } from './parts.tsx';
import { LinkSheet } from './new_link.tsx';
import type { Part } from './devices.tsx';

const order = { open: 0, invited: 1, none: 2 } as const;
const REFRESH_MS = 15_000;

export function PeoplePage({ link, view, hub_now, say }: Part) {
  const [accounts, set_accounts] = useState<Accounts | null>(null);
  const [invited, set_invited] = useState<{ invitation: LeaderInvitation; made_at: number; lives_ms: number } | null>(null);
  const [busy, set_busy] = useState('');
  const load = async () => {
    const told = await link.command('ListAccounts');
    if (told.ok && told.message.type === 'Accounts') set_accounts(told.message.body);
    else if (!told.ok && told.error !== 0) say(told.message, true);
  };
  useEffect(() => {
    if (view.phase !== 'live') return;
    void load();
    const id = setInterval(() => void load(), REFRESH_MS); // the hub tells of devices by itself, of accounts when asked
    return () => clearInterval(id);
  }, [view.phase]);

  const invite = async (account: AccountView) => {
    set_busy(account.person);
    const told = await link.command('InviteLeader', { person: account.person });
    set_busy('');
    if (!told.ok) say(told.error === 0 ? shared.broke : told.message, true);
    else if (told.message.type === 'LeaderInvitation') set_invited({ invitation: told.message.body, made_at: page_now(), lives_ms: told.message.body.expires_at - hub_now });
    void load();
  };
  const end = async (account: AccountView) => {
    set_busy(account.person);
    const told = await link.command('EndLeaderSessions', { person: account.person });
    set_busy('');
    if (told.ok) say(words.end_done(apart(account.name)));
    else say(told.error === 0 ? shared.broke : told.message, true);
    void load();
  };
  if (invited) {
    const { invitation } = invited;
    return (
      <LinkSheet title={words.link_title(apart(invitation.name))} hint={words.link_hint(apart(invitation.name))} url={`${location.origin}/leaders#c=${invitation.code}`}
        code={invitation.code} left={invited.lives_ms - (page_now() - invited.made_at)} again={() => set_invited(null)} again_label={shared.done} code_label={words.link_code} />
    );
  }
  const list = [...(accounts?.accounts ?? [])].sort((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name, 'en-GB'));
  const groups: [string, AccountView[]][] = [
    [words.have, list.filter((one) => one.state === 'open')], [words.may_have, list.filter((one) => one.state !== 'open')],
  ];
  return (
    <>
      <h1>{accounts === null ? words.title : words.title_open(accounts.open)}</h1>
      {accounts === null && <p class="soft">{words.loading}</p>}
      {accounts?.open === 1 && !view.welcome?.example && <p class="notice-line">{words.one_only}</p>}
      {accounts !== null && list.length === 0 && <p>{words.nobody}</p>}
      {groups.filter(([, some]) => some.length > 0).map(([title, some]) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul class="people">
            {some.map((account) => (
              <Person key={account.person} account={account} hub_now={hub_now} busy={busy === account.person}
                invite={() => void invite(account)} end={() => void end(account)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Person({ account, hub_now, busy, invite, end }: { account: AccountView; hub_now: number; busy: boolean; invite: () => void; end: () => void }) {
  const name = apart(account.name);
  return (
    <li data-account={account.person} data-state={account.state}>
      <div>
        <h3><Name>{account.name}</Name></h3>
        <p class="soft">{account.roles.filter((role) => role !== 'responder').map((role) => words.roles[role]).join(', ')} · <bdi>{account.person}</bdi></p>
        {account.state !== 'none' && <p>{state_of(account, hub_now)}</p>}
        {account.state === 'open' && <details class="reset"><summary>{words.reset_title}</summary><p>{words.reset(account.person)}</p></details>}
      </div>
      <div class="answers">
        {account.state === 'none' && <button class="button quiet" disabled={busy} aria-label={words.invite_one(name)} onClick={invite}>{words.invite}</button>}
        {account.state === 'invited' && <button class="button quiet" disabled={busy} aria-label={words.invite_again_one(name)} onClick={invite}>{words.invite_again}</button>}
        {account.sessions > 0 && <button class="button quiet" disabled={busy} aria-label={words.end_one(name)} onClick={end}>{words.end}</button>}
      </div>
    </li>
  );
}

function state_of(account: AccountView, hub_now: number): string {
  const wall = (at: number) => clock(Date.now() + at - hub_now);
  if (account.state === 'invited') return (account.invited_until ?? 0) > hub_now ? words.invited(wall(account.invited_until!)) : words.invited_over;
  const said = [words.open(account.sessions), words.recovery(account.recovery_left)];
  if (account.wait_until !== undefined && account.wait_until > hub_now) said.push(words.waits(wall(account.wait_until)));
  return said.join(' · ');
}
