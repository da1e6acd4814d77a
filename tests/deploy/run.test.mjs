// The first command, deploy/run, as a newcomer meets it: links on the first start, ready again within two seconds with
// its state kept, an orderly end on Ctrl-C, a plain word when the hub was killed. ATTUNED names the built program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'attune-run-'));
const running = new Set();
after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(state, { recursive: true, force: true });
});

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

// Starts deploy/run and gathers what it prints.
function start(...args) {
  const child = spawn(join(root, 'deploy/run'), ['--no-install', '--state', state, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { child, text: '', began: Date.now() };
  const seen = new Set();
  const hear = (bytes) => {
    run.text += bytes;
    for (const look of seen) look();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  running.add(child);
  run.ended = new Promise((resolve) => child.on('close', (code) => { running.delete(child); resolve(code); }));
  // Resolves when the output matches; rejects when the command ends before, or after 30 s.
  run.until = (pattern) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${pattern} within 30 s in:\n${run.text}`)), 30_000);
    const look = () => {
      const match = run.text.match(pattern);
      if (match) { clearTimeout(timer); seen.delete(look); resolve(match); }
    };
    seen.add(look);
    look();
    run.ended.then((code) => { clearTimeout(timer); reject(new Error(`ended with ${code} before ${pattern}:\n${run.text}`)); });
  });
  return run;
}

const port = await freePort();
const address = `127.0.0.1:${port}`;

test('the first start imports the example school, prints links and serves', async () => {
  const run = start('--listen', address);
  await run.until(/Ctrl-C stops the hub/);
  const links = run.text.match(/https?:\/\/\S+/g) ?? [];
  for (const page of ['room', 'handset', 'station', 'calm', 'kiosk', 'board', 'look']) {
    assert.ok(links.some((link) => link.startsWith(`http://${address}/${page}`)), `a link for ${page} in:\n${run.text}`);
  }
  assert.equal(new Set(links.filter((link) => link.includes('/handset'))).size, 2, 'two handsets');
  assert.ok((run.text.match(/[█▀▄]{5}/g) ?? []).length > 50, 'a QR code for each');
  assert.equal((await fetch(`http://${address}/-/ready`)).status, 200);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  run.child.kill('SIGINT');
  assert.equal(await run.ended, 0, run.text);
  assert.match(run.text, /Stopped\.\s*$/);
});

test('started again it is ready within two seconds, with its state kept', async () => {
  const run = start();
  await run.until(/Ctrl-C stops the hub/);
  assert.ok(Date.now() - run.began < 2000, `ready after ${Date.now() - run.began} ms`);
  assert.doesNotMatch(run.text, /Imported/);
  assert.match(readFileSync(join(state, 'attuned.toml'), 'utf8'), new RegExp(`listen = "${address}"`));
  assert.equal((await fetch(`http://${address}/-/ready`)).status, 200);
  run.child.kill('SIGTERM');
  assert.equal(await run.ended, 0, run.text);
});

test('a hub that was killed is reported, and starts again', async () => {
  const run = start();
  await run.until(/Ctrl-C stops the hub/);
  const children = readFileSync(`/proc/${run.child.pid}/task/${run.child.pid}/children`, 'utf8').trim().split(/\s+/).map(Number);
  const hub = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('attuned'));
  process.kill(hub, 'SIGKILL');
  assert.equal(await run.ended, 137);
  assert.match(run.text, /signal 9.*deploy\/run/s);
  const again = start();
  await again.until(/Ctrl-C stops the hub/);
  again.child.kill('SIGINT');
  assert.equal(await again.ended, 0, again.text);
});

test('a wrong option is refused with the usage', async () => {
  const run = start('--nonsense');
  assert.equal(await run.ended, 2);
  assert.match(run.text, /usage: deploy\/run/);
});

test('a wrong --listen is refused before anything is written, and one without a value with the usage', async () => {
  const before = readFileSync(join(state, 'attuned.toml'), 'utf8');
  for (const wrong of ['127.0.0.1:84600', 'localhost:8460', '127.0.0.1:84x', '127.0.0.1', '999.0.0.1:8460']) {
    const run = start('--listen', wrong);
    assert.equal(await run.ended, 1, wrong);
    assert.match(run.text, /listen/);
    assert.doesNotMatch(run.text, /line \d+: /);
    assert.equal(readFileSync(join(state, 'attuned.toml'), 'utf8'), before, wrong);
  }
  assert.deepEqual(readdirSync(state).filter((name) => name.startsWith('attuned.toml.')), []);
  for (const option of ['--listen', '--state']) {
    const run = start(option);
    assert.equal(await run.ended, 2);
    assert.match(run.text, new RegExp(`${option} needs a value[^]*usage: deploy/run`));
    assert.doesNotMatch(run.text, /line \d+: /);
  }
});

test('a state folder that was moved is not run on the state of the place it came from', async () => {
  const moved = mkdtempSync(join(tmpdir(), 'attune-moved-'));
  try {
    writeFileSync(join(moved, 'attuned.toml'), `state_dir = "${state}"\nlisten = "${address}"\n`);
    const run = start('--state', moved);
    assert.equal(await run.ended, 1);
    assert.match(run.text, /state_dir = ".*" *, which is another folder/);
    assert.deepEqual(readdirSync(moved).filter((name) => !name.startsWith('attuned.toml')), []);
  } finally {
    rmSync(moved, { recursive: true, force: true });
  }
});

test('a state folder with quotes in its name works, and what is written there is for its user alone', async () => {
  const odd = join(state, 'a "quoted" \\ folder');
  const run = start('--state', odd, '--listen', address);
  await run.until(/Ctrl-C stops the hub/);
  assert.equal((await fetch(`http://${address}/-/ready`)).status, 200);
  for (const file of ['attuned.toml', 'import.txt', 'journal.db']) {
    assert.equal(statSync(join(odd, file)).mode & 0o077, 0, file);
  }
  run.child.kill('SIGINT');
  assert.equal(await run.ended, 0, run.text);
  const again = start('--state', odd);
  await again.until(/Ctrl-C stops the hub/);
  again.child.kill('SIGINT');
  assert.equal(await again.ended, 0, again.text);
});
