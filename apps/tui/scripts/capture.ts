/** `pnpm --filter tui capture [file.svg] [columns] [rows] [keys] [words...]`: draws the app's real screen into an SVG file. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Terminal } from "../test/support/terminal.ts";
import { screenToSvg } from "./screen-to-svg.ts";

const [file = "tui.svg", columns = "100", rows = "30", keys = "", ...words] = process.argv.slice(2);
/** Long enough for the default speed to come three quarters down the bundled model's pictures. */
const GROWTH_MS = 3000;

const terminal = new Terminal({ columns: Number(columns), rows: Number(rows), words });
await terminal.until(/\[sample\]|\[runs\]/);
for (const key of keys) {
  terminal.press(key);
  await sleep(300);
}
await sleep(GROWTH_MS);
const path = resolve(process.env.INIT_CWD ?? ".", file);
writeFileSync(path, screenToSvg(terminal.screen));
process.stdout.write(`${path}\n`);
terminal.press("\x03"); // from whatever lies over the view
await terminal.ended();
terminal.close();
