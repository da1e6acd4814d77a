// The code that hub/journal/README.md gives to strangers must check the golden chain, and must see each change of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('hub/journal/README.md', root), 'utf8');
const code = /```js\n([\s\S]*?)```/.exec(readme)[1];
const firstBad = new Function('crypto', `${code}; return firstBad;`)(webcrypto);

const numbers = ['seq', 'at', 'wall', 'occurred_at', 'cause', 'late', 'schema'];
const blobs = ['command', 'payload', 'salt', 'commitment', 'hash'];
const golden = () =>
  JSON.parse(readFileSync(new URL('tests/journal/golden.json', root), 'utf8')).map((row) => {
    for (const name of numbers) row[name] = BigInt(row[name]);
    for (const name of blobs) row[name] = Uint8Array.from(Buffer.from(row[name], 'hex'));
    return row;
  });

test('the golden chain is in order', async () => {
  assert.ok(golden().length >= 4);
  assert.equal(await firstBad(golden()), null);
});

test('a change of any column is seen at its row', async () => {
  for (const name of Object.keys(golden()[0])) {
    const rows = golden();
    const value = rows[1][name];
    if (typeof value === 'bigint') rows[1][name] = value + 1n;
    else if (typeof value === 'string') rows[1][name] = `${value}x`;
    else value[0] ^= 1;
    assert.equal(await firstBad(rows), 2n, name);
  }
});

test('a row taken away, and two swapped, are seen', async () => {
  assert.equal(await firstBad(golden().filter((_, at) => at !== 1)), 2n);
  const rows = golden();
  [rows[1], rows[2]] = [rows[2], rows[1]];
  assert.equal(await firstBad(rows), 2n);
});
