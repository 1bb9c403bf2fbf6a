/** Makes a folder anew and is ended by a signal when it is half made: its arguments are the folder and the signal. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeWhole } from "../../src/wheels/whole-folder.ts";

const [folder, signal] = process.argv.slice(2) as [string, NodeJS.Signals];

await makeWhole(folder, 1, async (content) => {
  writeFileSync(join(content, "half"), "");
  process.kill(process.pid, signal);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
