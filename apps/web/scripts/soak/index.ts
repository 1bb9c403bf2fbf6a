/** `pnpm soak web`: two hundred drawings in one page must leave nothing behind. Needs the built site. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@pixelcnn/software-gpu";
import { createSite } from "../../server/site.ts";
import { DRAWING, drawAgain } from "./draw-again.ts";

const DRAWINGS = 200;
const MOST_BYTES = 10e6;

const out = fileURLToPath(new URL("../../out", import.meta.url));
const site = createSite({ out, runs: join(out, "no-runs") });
await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
const { port } = site.address() as { readonly port: number };
const browser = await launchChromium();
try {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}${DRAWING}`);
  const left = await drawAgain(page, DRAWINGS);
  const isSmall = left < MOST_BYTES;
  process.stdout.write(
    `${DRAWINGS} drawings left ${(left / 1e6).toFixed(1)} MB in the page, ${isSmall ? "under" : "expected under"} ${MOST_BYTES / 1e6} MB\n`,
  );
  process.exitCode = isSmall ? 0 : 1;
} finally {
  await browser.close();
  site.closeAllConnections();
  site.close();
}
