// The rules of the house that a compiler cannot hold. Each rule takes the files of the tree, as
// [{path, text, lines}], and returns its findings, as [{path, line, message}]. Nothing here touches the disk.

const finding = (path, line, message) => ({ path, line, message });
const isCpp = (path) => /\.(cpp|hpp)$/.test(path);
const isSource = (path) => /\.(cpp|hpp|ts|tsx|mjs|js|sh|cmake|css)$/.test(path) || /(^|\/)CMakeLists\.txt$/.test(path) || path === 'deploy/run' || path === 'tests/run';
const isGenerated = (path) => /(^|\/)generated\//.test(path);
const matching = (file, pattern, message) =>
  file.lines.flatMap((text, index) => (pattern.test(text) ? [finding(file.path, index + 1, message(text.match(pattern)))] : []));

const includesOf = (file) =>
  file.lines.flatMap((text, index) => {
    const match = text.match(/^\s*#\s*include\s*([<"])([^>"]+)[>"]/);
    return match ? [{ line: index + 1, quoted: match[1] === '"', name: match[2] }] : [];
  });

// Which folders a folder may include, by the start of the path. The hub's picture: core <- journal, review, app <-
// net <- daemon, and protocol apart. app knows the journal by its interface alone.
const layers = [
  { folder: 'hub/core/', may: ['hub/core/'] },
  { folder: 'hub/journal/', may: ['hub/journal/', 'hub/core/', 'protocol/cpp/'] },
  { folder: 'hub/review/', may: ['hub/review/', 'hub/core/', 'hub/journal/'] },
  { folder: 'hub/app/', may: ['hub/app/', 'hub/core/', 'protocol/cpp/', 'hub/journal/journal.hpp'] },
  { folder: 'hub/net/', may: ['hub/net/', 'hub/app/', 'hub/core/', 'protocol/cpp/'] },
  { folder: 'hub/daemon/', may: ['hub/', 'protocol/cpp/'] },
  { folder: 'protocol/', may: ['protocol/cpp/'] },
  { folder: 'clients/', may: ['clients/', 'protocol/cpp/'] },
];

export function layering(files) {
  return files.filter((file) => isCpp(file.path)).flatMap((file) => {
    const layer = layers.find((one) => file.path.startsWith(one.folder));
    if (!layer) return [];
    return includesOf(file)
      .filter((include) => /^(hub|protocol|clients|tests|deploy)\//.test(include.name))
      .filter((include) => !layer.may.some((start) => include.name.startsWith(start)))
      .map((include) => finding(file.path, include.line, `${layer.folder} must not include ${include.name}`));
  });
}

// A quoted include is a path from the root of the tree, so that the rule above can read it. A test may name a neighbour.
export function rootedIncludes(files) {
  return files.filter((file) => isCpp(file.path) && !isGenerated(file.path) && !file.path.startsWith('tests/')).flatMap((file) =>
    includesOf(file)
      .filter((include) => include.quoted && !/^(hub|protocol|clients|tests)\//.test(include.name))
      .map((include) => finding(file.path, include.line, `include "${include.name}" by its path from the root`)));
}

const standardHeaders = new Set(('algorithm array bit bitset cassert charconv climits compare concepts cstddef cstdint ' +
  'cstdlib cstring deque exception functional initializer_list iterator limits list map memory new numeric optional ' +
  'queue ranges set span stack stdexcept string string_view tuple type_traits typeinfo utility variant vector version').split(' '));

// The core: an allow list of the standard library, and one variant in the standard's place (hub/decisions/0020). No clock,
// thread, random source, hash order, locale, stream, float.
const coreHeaders = new Set([...standardHeaders, 'boost/variant2/variant.hpp']);

export function pureCore(files) {
  return files.filter((file) => file.path.startsWith('hub/core/') && isCpp(file.path)).flatMap((file) => [
    ...includesOf(file)
      .filter((include) => !include.quoted && !coreHeaders.has(include.name))
      .map((include) => finding(file.path, include.line, `the core must not include <${include.name}>`)),
    ...matching({ ...file, lines: file.lines.map((text) => text.replace(/\/\/.*|"(\\.|[^"\\])*"/g, '')) },
      /\b(float|double|std::hash|unordered_\w+|reinterpret_cast\s*<\s*(?:std::)?u?intptr_t)\b/,
      ([word]) => `the core must not use ${word}`),
  ]);
}

// A header that stays in one pair of files (one stem) of the hub, and in one of the clients; tests may look behind it.
const pairs = [/^sqlite3\.h$/, /^zmq\.hp*$/, /^boost\/beast\/websocket/];

export function onePair(files) {
  return ['hub/', 'clients/'].flatMap((side) => pairs.flatMap((pattern) => {
    const hits = files.filter((file) => isCpp(file.path) && file.path.startsWith(side)).flatMap((file) =>
      includesOf(file).filter((include) => pattern.test(include.name)).map((include) => ({ file, include })));
    const stems = [...new Set(hits.map(({ file }) => file.path.replace(/\.[a-z]+$/, '')))];
    return hits.filter(({ file }) => stems.length > 1 && file.path.replace(/\.[a-z]+$/, '') !== stems[0])
      .map(({ file, include }) => finding(file.path, include.line, `${include.name} belongs to ${stems[0]} alone`));
  }));
}

// The pages see the wire and themselves.
export function pagesSeeOnlyTheWire(files) {
  return files.filter((file) => /^clients\/web\/.*\.(ts|tsx)$/.test(file.path)).flatMap((file) =>
    matching(file, /(?:from|import)\s*\(?['"]([^'"]*\/(?:hub|deploy|tests)\/[^'"]*)['"]/, ([, name]) => `a page must not import ${name}`));
}

export const lineLimits = { warn: 400, fail: 450 };
const longAllowed = new Set(['protocol/schema/attune.json']);

export function fileLength(files) {
  return files.filter((file) => isSource(file.path) && !isGenerated(file.path) && !longAllowed.has(file.path))
    .filter((file) => file.lines.length > lineLimits.fail)
    .map((file) => finding(file.path, file.lines.length, `${file.lines.length} lines; split it (about ${lineLimits.warn} at most)`));
}

// Folders of data and of a tool's own layout need no word.
const readmeExempt = /(^|\/)(generated|fonts|public|icons|fixtures)(\/|$)/;
const parentOf = (folder) => folder.split('/').slice(0, -1).join('/');

// Each folder is described by a README of its own, or by name in the nearest one above it.
export function readmeInEachFolder(files) {
  const readmes = new Map(files.filter(({ path }) => /(^|\/)README\.md$/.test(path)).map((file) => [parentOf(file.path), file.text]));
  const folders = new Set(files.map(({ path }) => parentOf(path)).filter((folder) => folder && !folder.startsWith('.') && !readmeExempt.test(folder)));
  const described = (folder) => {
    if (readmes.has(folder)) return true;
    let above = parentOf(folder);
    while (above && !readmes.has(above)) above = parentOf(above);
    return above !== '' && new RegExp(`\\b${folder.split('/').pop()}\\b`).test(readmes.get(above));
  };
  return [...folders].filter((folder) => !described(folder))
    .filter((folder) => folder !== 'hub' || !files.some(({ path }) => path === 'hub/ARCHITECTURE.md'))
    .sort().map((folder) => finding(`${folder}/README.md`, 1, 'no README here, nor one above that names this folder, says what lives there and what never does'));
}

// Put together from pieces, so that this file does not contain what it looks for.
const machine = new RegExp([
  '(?<![\\w.])/' + 'work/(main|shared)', '/tmp/' + 'team', '/home/' + '[a-z]+/', '/tmp/' + 'build-', 'registry\\.' + 'npmjs', 'deb\\.' + 'debian\\.org', '"resolved"' + ':',
].join('|'));

export function nothingOfOneMachine(files) {
  return files.flatMap((file) => matching(file, machine, ([hit]) => `${hit} belongs to one machine or registry`));
}

export function opensWithAParagraph(files) {
  return files.filter((file) => isSource(file.path) && !isGenerated(file.path)).flatMap((file) => {
    const first = file.lines.find((text) => text.trim() !== '' && !text.startsWith('#!')) ?? '';
    return /^\s*(\/\/|\/\*|#\s|#$)/.test(first) ? [] : [finding(file.path, 1, 'the file does not open with a paragraph that says what it is')];
  });
}

// A load engine paces itself; it is no test.
export function noSleepInTests(files) {
  return files.filter((file) => file.path.startsWith('tests/') && isSource(file.path) && !/^tests\/(lint|bench)\//.test(file.path)).flatMap((file) =>
    matching(file, /\b(sleep_for|sleep_until|usleep\(|waitForTimeout|time\.sleep)\b|^[^#/]*\bsleep\s+[0-9]/, () => 'a test that sleeps fails at random; wait for a condition'));
}

export function nothingDetached(files) {
  return files.filter((file) => file.path.startsWith('hub/') && isCpp(file.path)).flatMap((file) =>
    matching(file, /\basio::detached\b/, () => 'detached swallows exceptions; spawn with a handler'));
}

export function nothingUnfinished(files) {
  const words = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
  return files.filter((file) => isSource(file.path)).flatMap((file) => matching(file, words, ([hit]) => `${hit}: finish it, or file it`));
}

// A node_modules import is fine in a lock file, a hidden default password is not: nothing of the kind ships.
export const rules = {
  layering, rootedIncludes, pureCore, onePair, pagesSeeOnlyTheWire, fileLength, readmeInEachFolder, nothingOfOneMachine,
  opensWithAParagraph, noSleepInTests, nothingDetached, nothingUnfinished,
};
