// The support that starts hubs: none is left behind when a test file fails in `before`, is ended, or is killed. A program
// stands in for the hub, which says that it is ready and goes on for ever.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const support = new URL('../support/daemon.mjs', import.meta.url).pathname;

/** Runs a test file; gives its process and, once it has started its hub, the hub's number and folder. */
async function run_file(folder, body) {
  const program = join(folder, 'hub');
  writeFileSync(program, '#!/bin/sh\necho "event=ready" >&2\nexec sleep 600\n');
  chmodSync(program, 0o755);
  const file = join(folder, 'case.test.mjs');
  writeFileSync(file, `import { start_daemon } from ${JSON.stringify(support)};\nimport { before, test } from 'node:test';\n${body}`);
  const environment = { ...process.env, ATTUNE_DAEMON: program };
  delete environment.NODE_TEST_CONTEXT;
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
  const ended = new Promise((done) => child.once('exit', done));
  let said = '';
  const hub = await new Promise((found, failed) => {
    child.stdout.on('data', (text) => {
      said += text;
      const match = /hub (\d+) (\S+)/.exec(said);
      if (match) found({ pid: Number(match[1]), folder: match[2] });
    });
    child.once('exit', () => failed(new Error(`it ended without a hub: ${said}`)));
  });
  return { child, ended, hub };
}

/** Until the process is gone; the test's own limit is the limit. */
async function gone(pid) {
  while (existsSync(`/proc/${pid}`)) await new Promise((next) => setTimeout(next, 20));
}

const begin = `const hub = await start_daemon({ import_school: false });\nconsole.log('hub ' + hub.child.pid + ' ' + hub.folder);\n`;

for (const [what, body, signal] of [
  ['a failed before', `before(async () => { ${begin} throw new Error('as planned'); });\ntest('never begins', () => {});\n`, null],
  ['SIGTERM', `${begin} test('waits', () => new Promise(() => setInterval(() => {}, 1000)));\n`, 'SIGTERM'],
  ['SIGKILL', `${begin} test('waits', () => new Promise(() => setInterval(() => {}, 1000)));\n`, 'SIGKILL'],
]) {
  test(`no hub outlives ${what}`, { timeout: 20_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attune-web-unit-'));
    try {
      const { child, ended, hub } = await run_file(folder, body);
      if (signal) child.kill(signal);
      await ended;
      await gone(hub.pid);
      if (!signal) assert.ok(!existsSync(hub.folder), 'its folder is gone, too');
      else rmSync(hub.folder, { recursive: true, force: true });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
