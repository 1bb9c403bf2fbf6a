/**
 * `pnpm start-up`: how soon the command that a user installs answers. Packs the packages, installs them outside the
 * workspace, and starts `pixelcnn` there: the median of some starts, beside what it may take. Give it a machine to itself.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pack, run } from "./pack.ts";

const STARTS = 9;
const budgets = [
  { words: ["--help"], mostMs: 300 },
  { words: ["help", "train"], mostMs: 300 },
  { words: ["generate", "--count", "1", "--ascii"], mostMs: 1500 },
] as const;

const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const folder = await mkdtemp(join(tmpdir(), "pixelcnn-start-up-"));
try {
  const tarballs = Object.values(await pack(join(folder, "tarballs")));
  await run("npm", ["init", "-y"], folder);
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs], folder);
  const app = join(folder, "node_modules/@pixelcnn/cli/dist/main.js");
  for (const { words, mostMs } of budgets) {
    const times: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      const started = performance.now();
      await run(process.execPath, [app, ...words], folder, { NO_COLOR: "1" });
      times.push(performance.now() - started);
    }
    const median = times.sort((a, b) => a - b)[Math.floor(STARTS / 2)]!;
    const isOver = median > mostMs;
    process.stdout.write(
      `pixelcnn ${words.join(" ")}: ${median.toFixed(0)} ms of ${mostMs}${isOver ? ", too slow" : ""}\n`,
    );
    if (isOver && check) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
