/** What the teaching worker does, without a browser. */
import { readFile } from "node:fs/promises";
import { decodeModelFile, sample } from "@pixelcnn/core";
import { proxy } from "comlink";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { type Beginning, PICTURE, type Progress, type Sheet } from "../src/workers/teaching/lesson.ts";
import { Student } from "../src/workers/teaching/student.ts";
import { TeachingEngine } from "../src/workers/teaching/teaching-engine.ts";
import { modelFile } from "./support/core-pictures.ts";

const lesson: Beginning = {
  shown: EXAMPLES.slice(0, 2).map(({ drawing }, cell) => ({ cell, drawing })),
  varied: { shift: true, turn: true, scale: true },
  slower: false,
  seed: 1,
  start: "nothing",
  learned: null,
  memory: null,
};

describe("a student", () => {
  it("goes on from its memory as if it had never stopped", async () => {
    const student = await Student.begin(lesson);
    for (let step = 1; step <= 3; step++) await student.learn(lesson);
    const other = await Student.begin({ ...lesson, memory: await student.memory() });
    for (let step = 4; step <= 6; step++) expect(await other.learn(lesson)).toBe(await student.learn(lesson));
    expect(other.step).toBe(6);
    expect(await other.draw(lesson.shown)).toEqual(await student.draw(lesson.shown));
  });

  it("sees the same drawings otherwise every time, unless that is switched off", async () => {
    const still = { ...lesson, slower: true, varied: { shift: false, turn: false, scale: false } };
    const [varying, fixed] = [await Student.begin(lesson), await Student.begin(still)];
    const firstHeldOut = (await fixed.draw(lesson.shown))!.heldOut;
    expect((await varying.draw(lesson.shown))!.heldOut).toBe(firstHeldOut);
    // Before anything was learnt all pictures are as likely.
    expect(await varying.learn(lesson)).toBeCloseTo(await fixed.learn(still), 3);
    for (let step = 2; step <= 5; step++) await Promise.all([varying.learn(lesson), fixed.learn(still)]);
    expect(await varying.learn(lesson)).not.toBe(await fixed.learn(still));
  });

  it("that begins with what glyphs knows is ahead of one that begins with nothing", async () => {
    const bytes = new Uint8Array(await readFile(modelFile("glyphs")));
    const warm = await Student.begin({ ...lesson, start: "glyphs", learned: bytes.buffer });
    const cold = await Student.begin(lesson);
    expect(await warm.learn(lesson)).toBeLessThan((await cold.learn(lesson)) / 2);
  });

  it.each(["nothing", "glyphs"] as const)(
    "takes less than 100 ms of a processor for a step from %s",
    async (start) => {
      const bytes = new Uint8Array(await readFile(modelFile("glyphs")));
      const learned = start === "glyphs" ? bytes.buffer : null;
      const shown = EXAMPLES.slice(0, 10).map(({ drawing }, cell) => ({ cell, drawing }));
      const student = await Student.begin({ ...lesson, shown, start, learned });
      const milliseconds: number[] = [];
      for (let step = 1; step <= 24; step++) {
        const before = process.cpuUsage();
        await student.learn({ ...lesson, shown });
        const { user, system } = process.cpuUsage(before);
        milliseconds.push((user + system) / 1000);
      }
      // The first are slow: nothing is compiled yet.
      const warm = milliseconds.slice(8).sort((a, b) => a - b);
      expect(warm[warm.length / 2]!).toBeLessThan(100);
    },
  );

  it("writes a model file that draws what it draws", async () => {
    const student = await Student.begin(lesson);
    for (let step = 1; step <= 3; step++) await student.learn(lesson);
    const { model, provenance } = decodeModelFile(await student.file());
    expect(provenance).toMatchObject({ dataset: "drawings", steps: 3 });
    const { pixels, cells } = (await student.draw(lesson.shown))!;
    const options = { count: cells.length, seed: 1, classLabel: cells, temperature: 0.8 };
    for await (const frame of sample(model, { ...options, batchSize: cells.length })) {
      if (frame.complete) expect(frame.pixels).toEqual(pixels);
    }
  });
});

describe("the teaching engine", () => {
  it("stops within a step, tells of sheets from noise on, and refuses to write a file of nothing", async () => {
    const told: { progress: Progress[]; sheets: Sheet[] } = { progress: [], sheets: [] };
    const engine = new TeachingEngine();
    engine.listen(
      proxy({
        progress: (progress: Progress) => void told.progress.push(progress),
        sheet: (sheet: Sheet) => void told.sheets.push(sheet),
        trouble: (message: string) => {
          throw new Error(message);
        },
      }),
    );
    await expect(engine.file()).rejects.toThrow("press Teach first");
    await engine.begin(lesson);
    engine.goOn();
    await expect.poll(() => told.sheets.length, { interval: 1 }).toBeGreaterThanOrEqual(3);
    const before = (await engine.memory())!.step;
    await engine.pause();
    const { step } = (await engine.memory())!;
    expect(step - before).toBeLessThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await engine.memory())!.step).toBe(step);
    // Early ones come by the step, and on a slow machine others by the clock between them.
    const steps = told.sheets.map(({ step }) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps[0]).toBe(0);
    const early = [4, 8].filter((step) => step <= steps.at(-1)!);
    expect(steps).toEqual(expect.arrayContaining(early));
    expect(told.sheets[0]!.recognisedCells).toEqual([]);
    expect(told.sheets[0]!.heldOut).toBeCloseTo(PICTURE.height * PICTURE.width * Math.log(PICTURE.levels), 2);
  });
});
