// The real attuned for the page tests: a folder of its own, the example school, one-time codes from its command line,
// kill -9 and a new start on the same port. ATTUNE_DAEMON names the program. No hub outlives the tests that began it,
// whatever ends them: the kernel kills it with its parent, and it keeps no test file from ending by itself.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './bundle.mjs';

const run = promisify(execFile);
const program = process.env.ATTUNE_DAEMON ?? join(root, '.build/tests/hub/daemon/attuned');

/** The hubs of this process, for when a test's own `after` is never reached. */
const hubs = new Set();
process.once('exit', () => {
  for (const hub of hubs) {
    hub.child?.kill('SIGKILL');
    rmSync(hub.folder, { recursive: true, force: true });
  }
});

/** A port that was free a moment ago, outside the range that the kernel gives to others. */
async function free_port() {
  for (let n = 0; n < 200; n++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await new Promise((answer) => {
      const server = createServer().once('error', () => answer(false)).once('listening', () => server.close(() => answer(true))).listen(port, '127.0.0.1');
    });
    if (free) return port;
  }
  throw new Error('no free port');
}

/** A zone in which it is three in the morning now, so that a school's morning has not begun: its name, and the date there
 * so many days from today. (Etc/GMT+5 is west of UTC.) */
export function zone_of_night() {
  const behind = (new Date().getUTCHours() - 3 + 24) % 24;
  const hours = behind <= 12 ? -behind : 24 - behind;
  const name = hours === 0 ? 'UTC' : `Etc/GMT${hours < 0 ? '+' : '-'}${Math.abs(hours)}`;
  return { name, date: (days) => new Date(Date.now() + hours * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10) };
}

/** `zone`: the hub's clock on the wall; without it, this machine's. */
export async function start_daemon({ import_school = true, edit, zone } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-web-'));
  const port = await free_port();
  const config = join(folder, 'attuned.toml');
  writeFileSync(config, `state_dir = "${folder}/state"\nlisten = "127.0.0.1:${port}"\n${process.env.ATTUNE_WWW ? `www = "${process.env.ATTUNE_WWW}"\n` : ''}`);
  const attuned = async (...words) => (await run(program, [...words, '--config', config])).stdout;
  const hub = {
    url: `http://127.0.0.1:${port}`, folder, log: '', child: null,
    async start() {
      const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, 'run', '--config', config], { stdio: ['ignore', 'ignore', 'pipe'], env: zone ? { ...process.env, TZ: zone } : process.env });
      hub.child = child;
      await new Promise((ready, failed) => {
        child.stderr.on('data', (text) => { hub.log += text; if (hub.log.includes('event=ready')) ready(); });
        child.once('exit', (code) => failed(new Error(`attuned ended with ${code}:\n${hub.log.slice(-2000)}`)));
      });
      hub.log = hub.log.replaceAll('event=ready', 'event=was_ready');
      child.unref();
      child.stderr.unref();
    },
    async end(signal) {
      const child = hub.child;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.removeAllListeners('exit');
      child.ref();
      const gone = new Promise((done) => child.once('exit', done));
      child.kill(signal);
      await gone;
    },
    kill: () => hub.end('SIGKILL'),
    freeze: () => hub.child.kill('SIGSTOP'),
    thaw: () => hub.child.kill('SIGCONT'),
    async stop() {
      hub.thaw();
      await hub.end('SIGTERM');
      hubs.delete(hub);
      rmSync(folder, { recursive: true, force: true });
    },
    attuned,
    enrol: async (kind, ...more) => JSON.parse(await attuned('enrol', kind, ...more, '--json')),
    /** The journal's events, oldest first, without what is known of children. */
    events: async () => (await attuned('log', 'export')).trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)),
  };
  hubs.add(hub);
  await hub.start();
  if (import_school) await attuned('import', edit ? await edit(folder) : join(root, 'deploy/example-school'), '--apply');
  return hub;
}
