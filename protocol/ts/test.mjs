// Checks the types and runs the tests: tsc into .build, then Node's own runner over what it made. `npm test` and ctest
// both come here, so that neither needs a shell.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const steps = [
  [join(here, "node_modules/typescript/bin/tsc"), "-p", join(here, "tsconfig.json")],
  ["--test", join(here, ".build/ts/codec.test.js")],
];
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { cwd: here, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
