// Builds the pages into a folder of static files: one HTML file each, scripts, styles and the typeface with a hash
// in their names. Nothing is fetched, nothing is inline, so that the strictest content policy holds.
//   node build.mjs [--out DIR] [--watch]      default: dist beside this file; ATTUNE_WEB_OUT names it too
// Needs Node.js 18 or newer and `npm ci` before.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const pages = ['room', 'handset', 'station', 'leaders', 'look', 'calm', 'kiosk', 'board'];

function option(...names) {
  for (const name of names) {
    const at = process.argv.indexOf(name);
    if (at > 0) return process.argv[at + 1];
  }
  return undefined;
}
const out = resolve(option('--out', '--outDir') ?? process.env.ATTUNE_WEB_OUT ?? join(here, 'dist'));

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'assets'), { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: pages.map((page) => ({ in: `src/${page}/main.tsx`, out: page })),
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2020', 'safari15'],
  minify: true,
  metafile: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryNames: 'assets/[name]-[hash]',
  chunkNames: 'assets/[name]-[hash]',
  assetNames: 'assets/[name]-[hash]',
  loader: { '.woff2': 'file' },
  alias: { '@msgpack/msgpack': join(here, 'node_modules/@msgpack/msgpack') }, // protocol/ts takes ours
  logLevel: 'warning',
});

// Which built files belong to which page.
const entries = new Map();
for (const [file, made] of Object.entries(result.metafile.outputs)) {
  if (!made.entryPoint) continue;
  const page = /src\/(\w+)\/main\.tsx$/.exec(made.entryPoint)?.[1];
  if (!page) continue;
  entries.set(page, {
    script: '/' + relative(out, resolve(here, file)),
    style: made.cssBundle ? '/' + relative(out, resolve(here, made.cssBundle)) : null,
    chunks: made.imports.filter((one) => one.kind === 'import-statement').map((one) => '/' + relative(out, resolve(here, one.path))),
  });
}
// The regular face, preloaded so that the first words do not jump.
const faces = Object.keys(result.metafile.outputs).filter((file) => /latin-400-normal-[^/]*\.woff2$/.test(file) && !/latin-ext/.test(file))
  .map((file) => '/' + relative(out, resolve(here, file)));

const titles = { room: 'Room', handset: 'Handset', station: 'Station', leaders: 'Leaders', look: 'A first look', calm: 'Calm space', kiosk: 'Hello', board: 'Who is here' };
for (const page of pages) {
  const { script, style, chunks } = entries.get(page);
  const html = [
    '<!doctype html>',
    '<html lang="en-GB">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="theme-color" content="#f7f4ee" media="(prefers-color-scheme: light)">',
    '<meta name="theme-color" content="#141c22" media="(prefers-color-scheme: dark)">',
    '<meta name="robots" content="noindex">',
    `<title>${titles[page]}</title>`,
    '<link rel="icon" href="/icon.svg" type="image/svg+xml">',
    ...(page === 'handset' ? ['<link rel="manifest" href="/handset.webmanifest">', '<link rel="apple-touch-icon" href="/icon-180.png">'] : []),
    ...faces.map((face) => `<link rel="preload" href="${face}" as="font" type="font/woff2" crossorigin>`),
    ...(style ? [`<link rel="stylesheet" href="${style}">`] : []),
    ...chunks.map((chunk) => `<link rel="modulepreload" href="${chunk}">`),
    `<script type="module" src="${script}"></script>`,
    '</head>',
    '<body><div id="page"></div><noscript>This page needs JavaScript.</noscript></body>',
    '</html>',
    '',
  ].join('\n');
  writeFileSync(join(out, `${page}.html`), html);
}

cpSync(join(here, 'public'), out, { recursive: true });
mkdirSync(join(out, 'licences'), { recursive: true });
for (const [name, file] of [
  ['atkinson-hyperlegible.txt', '@fontsource/atkinson-hyperlegible/LICENSE'], ['preact.txt', 'preact/LICENSE'], ['msgpack.txt', '@msgpack/msgpack/LICENSE'], ['uqr.txt', 'uqr/LICENSE'],
]) cpSync(join(here, 'node_modules', file), join(out, 'licences', name));

// What a page costs to open, compressed as the hub serves it.
function gzipped(path) { return gzipSync(readFileSync(path), { level: 9 }).length; }
for (const page of pages) {
  const { script, style, chunks } = entries.get(page);
  const files = [join(out, `${page}.html`), ...[script, style, ...chunks].filter(Boolean).map((file) => join(out, file))];
  const total = files.reduce((sum, file) => sum + gzipped(file), 0);
  console.log(`${page.padEnd(8)} ${(total / 1000).toFixed(1)} kB gzip, of which script ${(gzipped(join(out, script)) / 1000).toFixed(1)} kB`);
}
const fonts = readdirSync(join(out, 'assets')).filter((file) => file.endsWith('.woff2'));
console.log(`typeface ${(fonts.reduce((sum, file) => sum + statSync(join(out, 'assets', file)).size, 0) / 1000).toFixed(1)} kB in ${fonts.length} files`);
