// Runs every rule of rules.mjs over the files that git knows (also those not yet added) and prints what it finds.
// Exit code 1 when there is a finding. Files that are long, but not yet too long, are named without failing.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lineLimits, rules } from './rules.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const listed = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
const files = listed.split('\0').filter((path) => path !== '').flatMap((path) => {
  try {
    const full = `${root}/${path}`;
    if (!statSync(full).isFile()) return [];
    const bytes = readFileSync(full);
    if (bytes.subarray(0, 8000).includes(0)) return [{ path, text: '', lines: [] }];  // binary: only its path counts
    const text = bytes.toString('utf8');
    return [{ path, text, lines: text.replace(/\n$/, '').split('\n') }];
  } catch {
    return [];  // deleted, and git has not been told yet
  }
});

const findings = Object.entries(rules).flatMap(([name, rule]) => rule(files).map((one) => ({ ...one, name })));
for (const { path, line, message, name } of findings) console.error(`${path}:${line}: ${message} [${name}]`);
const long = files.filter((file) => /\.(cpp|hpp|ts|tsx)$/.test(file.path) && !/generated\//.test(file.path) && file.lines.length > lineLimits.warn);
for (const file of long) console.log(`${file.path}: ${file.lines.length} lines, getting long`);
console.log(`${files.length} files, ${Object.keys(rules).length} rules, ${findings.length} findings`);
process.exitCode = findings.length === 0 && files.length > 0 ? 0 : 1;
