import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layout, type RunRecord, RunsError, readRunEnd } from "@pixelcnn/runs";
import { emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkpoint, done, evaluation, lines, resumed, samples, started, step } from "./support/records.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

function runOf(text: string): string {
  const directory = join(temporaryFolder(), "run");
  mkdirSync(directory);
  writeFileSync(layout.metrics(directory), text);
  return directory;
}

/** What all records together say. */
function foldedEnd(records: readonly RunRecord[]) {
  const { steps, evaluations, done: ended } = foldRecords(emptyHistory, records);
  const whole = <T>(type: string, record: T | undefined) => (record ? { ...record, type } : null);
  return {
    step: whole("step", steps.at(-1)),
    evaluation: whole("evaluation", evaluations.at(-1)),
    done: whole("done", ended ?? undefined),
    reached: reachedBy(records),
    isEmpty: records.length === 0,
  };
}

/** Step and epoch of the last record that has them, of those that were not taken back. */
function reachedBy(records: readonly RunRecord[]) {
  let kept: { readonly step: number; readonly epoch: number }[] = [];
  for (const record of records) {
    if (record.type === "resumed") kept = kept.filter(({ step }) => step <= record.step);
    else if ("step" in record) kept.push({ step: record.step, epoch: record.epoch });
  }
  return kept.at(-1) ?? null;
}

describe("the end of a log", () => {
  it("says what all of it says, whatever was taken back and however long it is", async () => {
    const record = fc.oneof(
      { weight: 6, arbitrary: fc.nat(300).map(step) },
      { weight: 1, arbitrary: fc.nat(300).map(evaluation) },
      { weight: 1, arbitrary: fc.nat(300).map(samples) },
      { weight: 1, arbitrary: fc.nat(300).map(checkpoint) },
    );
    // Nothing follows an end but that the run goes on.
    const stretch = fc.tuple(
      fc.array(record, { maxLength: 120 }),
      fc.boolean(),
      fc.nat(300),
      fc.array(fc.constantFrom("", "{torn", "[]"), { maxLength: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(stretch, { maxLength: 5 }), fc.boolean(), async (stretches, isStarted) => {
        const all: RunRecord[] = isStarted ? [started] : [];
        let text = lines(...all);
        for (const [i, [records, ends, from, noise]] of stretches.entries()) {
          const part = [...(i > 0 ? [resumed(from)] : []), ...records, ...(ends ? [done(300)] : [])];
          all.push(...part);
          text += lines(...part) + noise.map((line) => `${line}\n`).join("");
        }
        const { started: begun, bytesRead: _, ...end } = await readRunEnd(runOf(text));
        expect(end).toEqual(foldedEnd(all));
        expect(begun).toEqual(isStarted ? started : null);
      }),
      { numRuns: 60 },
    );
  });

  it("is all that is read of a long one", async () => {
    const records = Array.from({ length: 20_000 }, (_, i) => step(i + 1));
    records.splice(19_500, 0, evaluation(19_500));
    const text = lines(started, ...records);
    const end = await readRunEnd(runOf(text));
    expect([end.step, end.evaluation, end.started]).toEqual([step(20_000), evaluation(19_500), started]);
    expect(end.bytesRead).toBeLessThan(text.length / 10);
  });

  it("is that of whole lines", async () => {
    const text = lines(started, step(1), step(2));
    for (const cut of [1, 40, lines(step(2)).length - 1]) {
      expect((await readRunEnd(runOf(text.slice(0, -cut)))).step).toEqual(step(1));
    }
    const long = `${"x".repeat(100_000)}\n`;
    expect((await readRunEnd(runOf(lines(step(1)) + long + long))).step).toEqual(step(1));
    expect(await readRunEnd(runOf(long.repeat(3)))).toMatchObject({ isEmpty: true, step: null });
    expect(await readRunEnd(runOf("no line"))).toMatchObject({ isEmpty: true, started: null });
    await expect(readRunEnd(temporaryFolder())).rejects.toThrow(RunsError);
  });
});
