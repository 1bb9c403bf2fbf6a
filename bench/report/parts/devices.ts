/** Which engines work here, on what and how fast: what `devices` tells, and why the others do not. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { cliWords } from "../entries.ts";
import { figure, table } from "../markdown.ts";
import type { Part, Row } from "../part.ts";

const MOST_SECONDS = 120;

export const devices: Part = {
  title: "Devices",
  limitSeconds: (report) => Math.min(MOST_SECONDS, Math.max(30, 0.15 * report)),
  async run(_settings, listener) {
    const words = [...cliWords(), "devices", "--json"];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    const lines = (await text(child.stdout)).split("\n").filter((line) => line.trim() !== "");
    for (const line of lines) {
      const told = JSON.parse(line) as Row | readonly Row[];
      for (const engine of [told].flat() as Row[]) listener.row(engine);
    }
  },
  section(rows) {
    const lines = rows.map((row) => [
      `${row.backend}`,
      row.works === true ? "yes" : "no",
      row.works === true ? `${row.device}` : `${row.reason}`,
      figure(row.forwardGflops),
      figure(row.backwardGflops),
    ]);
    return table(["engine", "works", "on, or why not", "conv forward, GFLOP/s", "backward"], lines);
  },
};
