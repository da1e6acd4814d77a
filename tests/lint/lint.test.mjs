// For each rule, a file that breaks it and one that does not: a rule that cannot find anything is worth nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from './rules.mjs';

const file = (path, text) => ({ path, text, lines: text.split('\n') });
const messages = (rule, ...files) => rules[rule](files).map((one) => `${one.path}:${one.line}`);

// rule, what breaks it, where, what does not
const cases = [
  ['layering', file('hub/core/a.hpp', '// A.\n#include "hub/app/b.hpp"'), 'hub/core/a.hpp:2', file('hub/app/a.hpp', '#include "hub/core/b.hpp"')],
  ['layering', file('hub/app/a.cpp', '#include "hub/journal/sqlite.hpp"'), 'hub/app/a.cpp:1', file('hub/app/a.cpp', '#include "hub/journal/journal.hpp"')],
  ['layering', file('protocol/cpp/a.cpp', '#include "hub/core/ids.hpp"'), 'protocol/cpp/a.cpp:1', file('hub/daemon/a.cpp', '#include "hub/net/b.hpp"')],
  ['rootedIncludes', file('hub/app/a.cpp', '#include "engine.hpp"'), 'hub/app/a.cpp:1', file('hub/app/a.cpp', '#include "hub/app/engine.hpp"')],
  ['pureCore', file('hub/core/a.cpp', '#include <chrono>'), 'hub/core/a.cpp:1', file('hub/core/a.cpp', '#include <map>')],
  ['pureCore', file('hub/core/a.cpp', 'double x = 0;'), 'hub/core/a.cpp:1', file('hub/core/a.cpp', '// a double press\nauto s = "double";')],
  ['pagesSeeOnlyTheWire', file('clients/web/src/a.ts', "import { x } from '../../../hub/a.ts'"), 'clients/web/src/a.ts:1', file('clients/web/src/a.ts', "import { x } from '../../../protocol/ts/a.ts'")],
  ['fileLength', file('hub/app/a.cpp', 'x\n'.repeat(451)), 'hub/app/a.cpp:452', file('hub/app/a.cpp', 'x\n'.repeat(300))],
  ['readmeInEachFolder', file('hub/new/a.cpp', '// A.'), 'hub/new/README.md:1', file('hub/new/README.md', '# new')],
  ['nothingOfOneMachine', file('deploy/a.md', 'see /wo' + 'rk/main'), 'deploy/a.md:1', file('deploy/a.md', 'a piece of work/main things')],
  ['nothingOfOneMachine', file('a/package-lock.json', '"reso' + 'lved": "x"'), 'a/package-lock.json:1', file('a.md', 'it is resolved')],
  ['opensWithAParagraph', file('hub/app/a.cpp', '#include <map>'), 'hub/app/a.cpp:1', file('hub/app/a.cpp', '// Says what it is.\n#include <map>')],
  ['noSleepInTests', file('tests/app/a.cpp', 'std::this_thread::sleep_for(1s);'), 'tests/app/a.cpp:1', file('hub/app/a.cpp', '// sleep_for')],
  ['nothingDetached', file('hub/net/a.cpp', 'co_spawn(x, y, asio::detached);'), 'hub/net/a.cpp:1', file('hub/net/a.cpp', 'spawn(x)')],
  ['nothingUnfinished', file('hub/net/a.cpp', '// TO' + 'DO later'), 'hub/net/a.cpp:1', file('hub/net/a.cpp', '// to do later')],
];

for (const [rule, bad, where, good] of cases) {
  test(`${rule}: ${bad.lines[0].slice(0, 60)}`, () => {
    assert.deepEqual(messages(rule, bad), [where]);
    assert.deepEqual(messages(rule, good), []);
  });
}

test('onePair: a header in two stems is found, in one pair it is not', () => {
  const pair = [file('hub/journal/sqlite.cpp', '#include <sqlite3.h>'), file('hub/journal/sqlite.hpp', '#include <sqlite3.h>')];
  assert.deepEqual(messages('onePair', ...pair), []);
  assert.deepEqual(messages('onePair', ...pair, file('hub/review/query.cpp', '#include <sqlite3.h>')), ['hub/review/query.cpp:1']);
  const both = [file('hub/net/zeromq.cpp', '#include <zmq.hpp>'), file('clients/native/socket.cpp', '#include <zmq.hpp>')];
  assert.deepEqual(messages('onePair', ...both), []);
  assert.deepEqual(messages('onePair', ...both, file('hub/net/other.cpp', '#include <zmq.h>')), ['hub/net/other.cpp:1']);
});

test('readmeInEachFolder: the README above may name a folder, but must name it', () => {
  const folder = file('hub/new/inner/a.cpp', '// A.');
  assert.deepEqual(messages('readmeInEachFolder', folder, file('hub/new/README.md', '`inner`: pieces')), []);
  assert.deepEqual(messages('readmeInEachFolder', folder, file('hub/new/README.md', 'nothing')), ['hub/new/inner/README.md:1']);
});

test('every rule has a case here', () => {
  const shown = new Set([...cases.map(([rule]) => rule), 'onePair']);
  assert.deepEqual(Object.keys(rules).filter((rule) => !shown.has(rule)), []);
});
