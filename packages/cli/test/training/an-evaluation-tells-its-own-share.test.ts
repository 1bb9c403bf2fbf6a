/** What a terminal shows of a training while it evaluates. */
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { trainCommand, trainerFolder } from "../support/trainer.ts";

const flags = [
  ...[
    "--size",
    "8",
    "--channels",
    "4",
    "--layers",
    "1",
    "--batch-size",
    "2",
    "--steps",
    "1",
    "--samples",
    "0",
  ],
  ...["--test-limit", "96", "--backend", "wasm", "--workers", "1", "--run", join(temporaryFolder(), "run")],
];

// A console of Windows draws its lines anew in its own way.
it.skipIf(process.platform === "win32")(
  "an evaluation tells its own share, not that of the training",
  async () => {
    const [app, ...words] = [...trainCommand, ...flags];
    const terminal = spawn(app!, words, { cols: 80, cwd: trainerFolder, env: process.env as never });
    let text = "";
    terminal.onData((data) => (text += data));
    await new Promise((resolve) => terminal.onExit(resolve));
    const told = stripVTControlCharacters(text).matchAll(/evaluating (\d+) of (\d+)\D+?(\d+)%/g);
    const shares = [...told].map(([, done, total, percent]) => [
      Number(percent),
      Math.floor((100 * Number(done)) / Number(total)),
    ]);
    expect(shares).not.toEqual([]);
    expect(shares.map(([shown]) => shown)).toEqual(shares.map(([, own]) => own));
  },
);
