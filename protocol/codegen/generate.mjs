// Makes everything that follows from protocol/schema/attune.json: the C++ and TypeScript messages, and the tables of
// protocol/README.md. `node protocol/codegen/generate.mjs` writes what has changed; with --check it writes nothing,
// names each output that differs, and exits 1 if there is one. Plain Node 18 or newer, no packages.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cpp_errors, cpp_limits, cpp_messages } from "./cpp.mjs";
import { fill_readme, readme_tables } from "./readme.mjs";
import { load_schema } from "./schema.mjs";
import { ts_messages } from "./ts.mjs";

const protocol = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(protocol);
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

function outputs() {
  const schema = load_schema(join(protocol, "schema/attune.json"));
  const vectors = JSON.parse(read(join(protocol, "vectors/vectors.json")) || '{"valid": [], "session": []}');
  const readme = join(protocol, "README.md");
  return [
    [join(protocol, "cpp/generated/errors.hpp"), cpp_errors(schema)],
    [join(protocol, "cpp/generated/limits.hpp"), cpp_limits(schema)],
    [join(protocol, "cpp/generated/messages.hpp"), cpp_messages(schema)],
    [join(protocol, "ts/generated/messages.ts"), ts_messages(schema)],
    ...(existsSync(readme) ? [[readme, fill_readme(read(readme), readme_tables(schema, vectors))]] : []),
  ];
}

const check = process.argv.includes("--check");
const changed = outputs().filter(([path, text]) => read(path) !== text);
for (const [path, text] of changed) {
  const name = relative(root, path);
  if (check) {
    console.error(`${name} is not what protocol/schema/attune.json gives; run: node protocol/codegen/generate.mjs`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${name}`);
  }
}
process.exit(check && changed.length > 0 ? 1 : 0);
