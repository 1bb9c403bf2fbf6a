/** The named configs trained by the app itself for the time that is left, with a checkpoint every minute: their runs stay in the report's folder. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cliWords, configFile } from "../entries.ts";
import { duration, figure, table } from "../markdown.ts";
import { type Listener, type Part, RefusedError, type Row } from "../part.ts";

/** Reading data, compiling, the last evaluation and its sheet. */
const AROUND_SECONDS = 25;
/** Less than this is no training. */
const LEAST_SECONDS = 10;
/** Between being asked to save and being ended. */
const GRACE_SECONDS = 15;

export const configs: Part = {
  title: "Trainings",
  limitSeconds: (report) => report,
  async run({ configs: names, out }, listener, deadline) {
    if (names.length === 0) throw new RefusedError("no config is named");
    let isAnything = false;
    const row = (found: Row) => {
      isAnything = true;
      listener.row(found);
    };
    for (const [index, name] of names.entries()) {
      const left = (deadline - Date.now()) / 1000;
      // Where there is no time for all of them, the first ones are trained.
      const trained = Math.min(names.length - index, Math.floor(left / (AROUND_SECONDS + LEAST_SECONDS)));
      if (trained < 1) listener.note(`${name}: no time was left`);
      else {
        const share = left / trained;
        await train(name, join(out, "runs", name), share - AROUND_SECONDS, share, { ...listener, row });
      }
    }
    if (!isAnything) throw new RefusedError("none was trained");
  },
  section(rows) {
    const newest = [...new Map(rows.map((row) => [row.config, row])).values()];
    const lines = newest.map((row) => [
      `${row.config}`,
      `${row.backend}`,
      duration(Number(row.seconds)),
      `${figure(row.step)} (${figure(row.epoch)})`,
      figure(row.picturesPerSecond),
      figure(row.trainNats),
      figure(row.testNats),
      figure(row.bitsPerDim),
      `${row.checkpoints}`,
    ]);
    const head = [
      "config",
      "engine",
      "trained for",
      "steps (epochs)",
      "pictures/s",
      "training nats",
      "test nats",
      "bits/dim",
      "checkpoints",
    ];
    return `${table(head, lines)}\n\nThe newest evaluation of each, on at most 1000 test pictures; the runs lie in \`runs/\` beside this page.`;
  },
};

/** What the app tells as lines of JSON, as far as it is read here. */
interface TrainEvent {
  readonly type: string;
  readonly backend?: string;
  readonly step?: number;
  readonly epoch?: number;
  readonly trainNats?: number | undefined;
  readonly test?: { readonly nats: number; readonly bitsPerDim: number };
  readonly imagesPerSecond?: number;
}

async function train(name: string, run: string, seconds: number, share: number, { row, note }: Listener) {
  const flags = ["--config", configFile(name), "--run", run, "--minutes", `${seconds / 60}`];
  const saving = ["--checkpoint-minutes", "1", "--keep", "1000", "--test-limit", "1000", "--samples", "16"];
  const backend = process.env.PIXELCNN_PJRT_PLUGIN ? "xla" : "auto";
  const words = [...cliWords(), "train", ...flags, ...saving, "--backend", backend, "--json"];
  // What is not on this machine is not fetched.
  const env = { ...process.env, PIXELCNN_MIRRORS: "" };
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"], env });
  const timers = [
    setTimeout(() => child.kill("SIGINT"), 1000 * (share - GRACE_SECONDS)),
    setTimeout(() => child.kill("SIGKILL"), 1000 * share),
  ];
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-2000);
  });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const begun = performance.now();
  let engine = backend;
  const tell = async (event: TrainEvent) => {
    const { step = 0, epoch = 0, trainNats = null, imagesPerSecond = 0, test } = event;
    row({
      ...{
        config: name,
        backend: engine,
        seconds: (performance.now() - begun) / 1000,
        step,
        epoch,
        trainNats,
      },
      testNats: test?.nats ?? null,
      bitsPerDim: test?.bitsPerDim ?? null,
      picturesPerSecond: imagesPerSecond,
      checkpoints: await checkpointsIn(run),
    });
  };
  let last: TrainEvent | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as TrainEvent;
    if (event.type === "started") engine = event.backend ?? engine;
    if (event.type === "evaluation" || event.type === "step") last = event;
    if (event.type === "evaluation") await tell(event);
  }
  const code = await closed;
  for (const timer of timers) clearTimeout(timer);
  if (last?.type === "step") {
    await tell({ ...last, trainNats: undefined });
    note(`${name}: it was stopped at step ${last.step}, before its evaluation`);
  }
  if (code !== 0)
    note(`${name}: ${said.trim().split("\n").at(-1) || `it was ended after ${Math.round(share)} s`}`);
}

async function checkpointsIn(run: string): Promise<number> {
  const { listCheckpoints } = await import("@pixelcnn/runs");
  return (await listCheckpoints(run)).length;
}
