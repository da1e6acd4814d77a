// Every string in one catalogue: no page writes words of its own.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../support/bundle.mjs';

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}
const source = join(root, 'clients/web/src');

test('no words between tags, nor in labels, outside the catalogue', () => {
  const found = [];
  for (const path of files(source).filter((name) => name.endsWith('.tsx'))) {
    const text = readFileSync(path, 'utf8');
    for (const match of text.matchAll(/>\s*([A-Za-z][A-Za-z ,.’']+[A-Za-z.])\s*<\//g)) found.push(`${path}: ${match[1]}`);
    for (const match of text.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]+)"/g)) found.push(`${path}: ${match[1]}`);
  }
  assert.deepEqual(found, []);
});

test('nothing inline that the content policy would refuse, and no address of another origin', () => {
  const found = [];
  for (const path of files(source)) {
    const text = readFileSync(path, 'utf8');
    for (const match of text.matchAll(/dangerouslySetInnerHTML|innerHTML|eval\(|new Function|https?:\/\/[^\s'"`)]+/g)) found.push(`${path}: ${match[0]}`);
  }
  assert.deepEqual(found, []);
});

test('every word of the catalogue is used', () => {
  const catalogue = ['words.ts', 'words_leaders.ts', 'words_talk.ts', 'words_cover.ts', 'words_day.ts', 'words_ready.ts'].map((name) => readFileSync(join(source, name), 'utf8')).join('\n');
  const used = files(source).filter((path) => !/words(_leaders|_talk|_cover|_day|_ready)?\.ts$/.test(path)).map((path) => readFileSync(path, 'utf8')).join('\n');
  const keys = [...catalogue.matchAll(/^ {2}([a-z_0-9]+):/gm)].map((match) => match[1]);
  const told = readFileSync(join(root, 'protocol/ts/generated/messages.ts'), 'utf8'); // names of enums are looked up by what the hub says
  const idle = keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(used) && !new RegExp(`"${key}"`).test(told) && !key.endsWith('_name'));
  assert.deepEqual(idle, []);
});
