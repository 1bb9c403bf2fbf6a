/**
 * `pnpm setup:<backend>`. What the run before has found set up is told at once: loading TypeScript and the command takes longer than all else of a run that
 * has nothing to do. It is asked anew when the file is gone, the cache is elsewhere, or what says where it lies has changed since.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const [backend, ...flags] = process.argv.slice(2);
const memory = join(root, "node_modules/.cache/pixelcnn", `set-up-${backend}.json`);
/** Where the user's cache is. */
const place = JSON.stringify([process.env.XDG_CACHE_HOME, process.env.HOME]);
/** What sets up: which versions, and which files they become. */
const sources = ["wheels", "xla", "tensorflow"].map((room) => join(root, "packages/backends/src", room));

const known = flags.length === 0 ? remembered() : null;
if (known !== null) process.stdout.write(`${known}\n`);
else {
  const { register } = await import("tsx/esm/api");
  register();
  const { setUp } = await import("./set-up.ts");
  const found = await setUp([backend, ...flags]);
  if (found !== null) remember(found);
}

/** What the run before said; null where it may not be true any more. */
function remembered() {
  try {
    const { at, file, line } = JSON.parse(readFileSync(memory, "utf8"));
    const written = statSync(memory).mtimeMs;
    const isNewer = (path) => statSync(path).mtimeMs > written;
    const isOld = sources.some((room) => readdirSync(room).some((name) => isNewer(join(room, name))));
    return at === place && existsSync(file) && !isOld ? line : null;
  } catch {
    return null; // nothing is remembered, or half of it
  }
}

/** @param {{ file: string, line: string }} found */
function remember({ file, line }) {
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ at: place, file, line }));
}
