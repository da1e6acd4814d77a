// Writes protocol/vectors/vectors.json from the schema, the examples and the list of faults in build.mjs.
// `node protocol/vectors/make.mjs`; with --check it writes nothing and exits 1 when the file differs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { load_schema } from "../codegen/schema.mjs";
import { build_vectors } from "./build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const path = join(here, "vectors.json");
const vectors = build_vectors(load_schema(join(here, "../schema/attune.json")));
const lines = (list) => list.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
const text = `{
  "about": "Golden bytes of the wire; README.md here says how to read them. Made by make.mjs.",
${Object.entries(vectors).map(([name, list]) => `  "${name}": [\n${lines(list)}\n  ]`).join(",\n")}
}
`;
const same = existsSync(path) && readFileSync(path, "utf8") === text;
if (process.argv.includes("--check")) {
  if (!same) console.error("protocol/vectors/vectors.json is not what make.mjs gives; run: node protocol/vectors/make.mjs");
  process.exit(same ? 0 : 1);
}
if (!same) writeFileSync(path, text);
console.log(Object.entries(vectors).map(([name, list]) => `${list.length} ${name}`).join(", "));
