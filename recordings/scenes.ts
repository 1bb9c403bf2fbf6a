/** What is recorded: one picture of docs/images/ each. */
import { setTimeout as sleep } from "node:timers/promises";
import { Recorder } from "./recorder.ts";

/** Films a scene in a folder of its own. */
export type Scene = (folder: string) => Promise<Recorder>;

/** Commands of `pixelcnn`, one after another. @throws {Error} when one fails: its film would show an error. */
async function commands(recorder: Recorder, lines: readonly string[]): Promise<Recorder> {
  for (const line of lines) {
    await recorder.type(`pixelcnn ${line}`);
    const code = await recorder.start("packages/cli/", "src/main.ts", line.split(" "));
    if (code !== 0) throw new Error(`expected pixelcnn ${line} to end with 0, got ${code}`);
  }
  return recorder;
}

export const scenes: Readonly<Record<string, Scene>> = {
  "cli-generate": (folder) =>
    commands(new Recorder(80, 24, folder), [
      "generate --count 8 --show",
      "generate mnist --class 7 --count 2 --show",
    ]),
  "cli-train": (folder) =>
    commands(new Recorder(80, 24, folder), [
      "train --time 20s --dry-run",
      "train --time 20s --run ./first --batch-size 4",
      "runs show ./first",
    ]),
  tui: async (folder) => {
    const recorder = new Recorder(100, 30, folder);
    const ended = recorder.start("apps/tui/", "src/main.ts", []);
    await sleep(6000); // it starts, and the bundled model's pictures grow three quarters
    for (const key of ["u", "u"]) {
      recorder.press(key);
      await sleep(1500);
    }
    recorder.cut(); // the end is the pictures, not the shell behind them
    recorder.press("\x03");
    await ended;
    return recorder;
  },
};
