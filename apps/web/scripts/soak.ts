/**
 * `pnpm soak web`: draws up to two hundred times in one page of the built site, then teaches in another one, and says what is left in the
 * pages' memories. With `--check` it ends with 1 where that is more than it may be.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchChromium } from "@pixelcnn/software-gpu";
import { createSite } from "../server/site.ts";
import { DRAWING, drawAgain } from "./draw-again.ts";
import { LESSON, teachOn } from "./teach-on.ts";

const DRAWINGS = 200;
const MOST_BYTES = 10e6;

const { values } = parseArgs({ options: { seconds: { type: "string" }, check: { type: "boolean" } } });
const seconds = Number(values.seconds ?? 600);
const endsAt = Date.now() + 1000 * seconds;
const out = fileURLToPath(new URL("../out", import.meta.url));
if (!existsSync(out)) {
  process.stderr.write(`expected the built site in ${out}; run \`pnpm web\`, which builds it\n`);
  process.exit(1);
}

const site = createSite({ out, runs: join(out, "no-runs") });
await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
const { port } = site.address() as { readonly port: number };
const browser = await launchChromium();
try {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}${DRAWING}`);
  const { drawings, leftBytes } = await drawAgain(page, DRAWINGS, () => Date.now() > endsAt);
  process.stdout.write(
    `${drawings} drawings of 100 pictures left ${(leftBytes / 1e6).toFixed(1)} MB in the page (at most ${MOST_BYTES / 1e6})\n`,
  );
  await page.goto(`http://127.0.0.1:${port}${LESSON}`);
  const lesson = await teachOn(page, seconds);
  process.stdout.write(
    `${lesson.steps} steps of Teach left ${(lesson.leftBytes / 1e6).toFixed(1)} MB in the page (at most ${MOST_BYTES / 1e6})\n`,
  );
  if (values.check && Math.max(leftBytes, lesson.leftBytes) > MOST_BYTES) process.exitCode = 1;
} finally {
  await browser.close();
  site.closeAllConnections();
  site.close();
}
