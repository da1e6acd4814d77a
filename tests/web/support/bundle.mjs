// Bundles TypeScript of the pages and of the protocol for Node's own test runner, which on Node.js 18 reads JavaScript
// alone. What it makes goes into tests/web/.build, ignored by git.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const web_tests = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const root = resolve(web_tests, '../..');
const client = join(root, 'clients/web');
const { build } = createRequire(join(client, 'package.json'))('esbuild');

// Where the pages' sources are: elsewhere when a bug is planted in them (tests/planted).
const pages_root = process.env.ATTUNE_PAGES_ROOT ?? root;

/** One ES module in .build for each entry, given by paths from the root of the clone. Gives their paths. */
export async function bundle(entries) {
  const outdir = join(process.env.ATTUNE_TEST_BUILD ?? join(web_tests, '.build'), String(process.pid));
  mkdirSync(outdir, { recursive: true });
  const points = Object.fromEntries(entries.map((entry) => [entry.replace(/[^a-z0-9]+/gi, '_').replace(/_[tj]sx?$/, ''), join(pages_root, entry)]));
  await build({
    entryPoints: points, outdir, bundle: true, platform: 'node', format: 'esm', target: 'node18', logLevel: 'warning',
    outExtension: { '.js': '.mjs' }, alias: { '@msgpack/msgpack': join(client, 'node_modules/@msgpack/msgpack') },
    jsx: 'automatic', jsxImportSource: 'preact', nodePaths: [join(client, 'node_modules')],
  });
  return Object.fromEntries(entries.map((entry, n) => [entry, join(outdir, Object.keys(points)[n] + '.mjs')]));
}

export async function load(entry) {
  const paths = await bundle([entry]);
  return import(pathToFileURL(paths[entry]).href);
}
