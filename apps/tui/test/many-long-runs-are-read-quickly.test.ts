import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { followRun, layout } from "@pixelcnn/runs";
import { expect, test } from "vitest";
import { curvesOf } from "../src/runs/curves.ts";
import { lineChart } from "../src/runs/line-chart.ts";
import { RunList } from "../src/runs/run-status.ts";
import { MOST_POINTS } from "../src/runs/thinned-steps.ts";
import { foldTold, nothingTold } from "../src/runs/told-history.ts";
import { config, evaluationRecord, stepRecord, temporaryFolder } from "./support/fixtures.ts";

const RUNS = 200;
const RECORDS = 20_000;
const EPOCHS = 20;

/** Processor time of all threads of this process: other processes on a busy machine take none of it. */
async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** One log that all runs have in common, by links: what is read of it counts, not what it takes of the disk. */
function writeRuns(root: string): string {
  const records = [
    { type: "started", time: "2024-01-01T00:00:00.000Z", weights: 1234, backend: "wasm" },
  ] as unknown[];
  for (let step = 1; step <= RECORDS; step++) {
    const epoch = Math.ceil((step * EPOCHS) / RECORDS);
    records.push(stepRecord(step, 60 + 100 / step, { epoch, progress: step / RECORDS }));
    if (step % (RECORDS / EPOCHS) === 0 && step < RECORDS) records.push(evaluationRecord(step, epoch, 60));
  }
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const names = Array.from({ length: RUNS }, (_, i) => `run-${i + 1}`);
  for (const [i, name] of names.entries()) {
    const directory = join(root, name);
    mkdirSync(directory);
    writeFileSync(layout.config(directory), JSON.stringify(config));
    if (i === 0) writeFileSync(layout.metrics(directory), text);
    else linkSync(layout.metrics(join(root, names[0]!)), layout.metrics(directory));
  }
  return join(root, names[0]!);
}

test(`${RUNS} runs of ${RECORDS} records are listed in a second, and a curve is there in 300 ms`, async () => {
  const root = temporaryFolder();
  const first = writeRuns(root);
  const list = new RunList(root);
  const listedMs = await processorMs(async () => {
    const runs = await list.read();
    expect(runs).toHaveLength(RUNS);
    expect(runs[7]).toMatchObject({ standing: "broken off", step: RECORDS, epoch: EPOCHS, testNats: 60 });
  });
  const againMs = await processorMs(() => list.read());
  const curveMs = await processorMs(async () => {
    const records = [];
    for await (const record of followRun(first, AbortSignal.timeout(60_000))) {
      records.push(record);
      if (records.length === RECORDS + EPOCHS) break;
    }
    const told = foldTold(nothingTold, records);
    const curves = curvesOf(told, "nats", 0.9).map((curve, layer) => ({ ...curve, layer }));
    expect(curves[0]!.points.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(lineChart(curves, { columns: 120, rows: 30 })).toHaveLength(30);
  });
  process.stdout.write(
    `listed in ${listedMs.toFixed(0)} ms, again in ${againMs.toFixed(0)} ms, a curve in ${curveMs.toFixed(0)} ms (processor time)\n`,
  );
  expect(listedMs).toBeLessThan(1000);
  expect(curveMs).toBeLessThan(300);
});
