import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { progressBar } from "../../src/output/progress.ts";

/** What a progress writes, and a clock that stands still until it is moved. */
function watched(terminal: { isTTY: boolean; columns?: number }) {
  const writes: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      writes.push(stripVTControlCharacters(String(chunk)));
      done();
    },
  });
  const clock = { ms: 0 };
  const progress = progressBar("", false, { stream: Object.assign(stream, terminal), now: () => clock.ms });
  return { progress, clock, lines: () => writes.filter((text) => text !== "") };
}

const notes = ["81.2 nats", "110.3 pictures/s"];

describe("in a terminal", () => {
  it.each([
    [100, "epoch 3 of 25, 2:30 left ██████░░░░░░░░░░░░░░░░░░ 25% · 81.2 nats · 110.3 pictures/s"],
    [80, "epoch 3 of 25, 2:30 left ██░░░░░░ 25% · 81.2 nats · 110.3 pictures/s"],
    [60, "epoch 3 of 25, 2:30 left ██░░░░░░ 25% · 81.2 nats"],
    [40, "epoch 3 of 25, 2:30 left ██░░░░░░ 25%"],
    [32, "epoch 3 of 25, 2:30 left 25%"],
    [26, "epoch 3 of 25, 2:30 left"],
  ])("of %i columns nothing is cut that matters", (columns, line) => {
    const { progress, clock, lines } = watched({ isTTY: true, columns });
    progress.update(0, "epoch 1 of 25", notes);
    clock.ms = 50_000;
    progress.update(0.25, "epoch 3 of 25", notes);
    expect(lines().at(-1)).toBe(line);
    expect(line.length).toBeLessThan(columns);
  });

  it("the time left counts from where it began, and stays when the line is cleared for another", () => {
    const { progress, clock, lines } = watched({ isTTY: true, columns: 80 });
    progress.update(0.5, "epoch 50 of 100"); // a run that goes on
    expect(lines().at(-1)).toBe("epoch 50 of 100 ████████████░░░░░░░░░░░░ 50%");
    clock.ms = 3_600_000;
    progress.update(0.6, "epoch 60 of 100");
    expect(lines().at(-1)).toMatch(/^epoch 60 of 100, 4:00:00 left /);
    progress.clear();
    clock.ms = 7_200_000;
    progress.update(0.7, "epoch 70 of 100");
    expect(lines().at(-1)).toMatch(/^epoch 70 of 100, 3:00:00 left /);
  });

  it("a part tells its own share, and the time left is that of the whole", () => {
    const { progress, clock, lines } = watched({ isTTY: true, columns: 60 });
    progress.update(0.5, "step 1 of 2");
    clock.ms = 60_000;
    progress.updatePart(0.125, "evaluating 64 of 512");
    expect(lines().at(-1)).toBe("evaluating 64 of 512 ███░░░░░░░░░░░░░░░░░░░░░ 12%");
    clock.ms = 3_600_000;
    progress.update(0.6, "step 1 of 2");
    expect(lines().at(-1)).toMatch(/^step 1 of 2, 4:00:00 left /);
  });
});

describe("into a file", () => {
  it("a line at once and then one per minute, with everything", () => {
    const { progress, clock, lines } = watched({ isTTY: false });
    for (let second = 0; second <= 130; second++) {
      clock.ms = 1000 * second;
      progress.update(second / 200_000, `epoch ${1 + Math.floor(second / 50)} of 25`, notes);
    }
    expect(lines()).toEqual([
      "epoch 1 of 25, 2 d 7 h left, 0%, 81.2 nats, 110.3 pictures/s\n",
      "epoch 2 of 25, 2 d 7 h left, 0%, 81.2 nats, 110.3 pictures/s\n",
      "epoch 3 of 25, 2 d 7 h left, 0%, 81.2 nats, 110.3 pictures/s\n",
    ]);
  });

  it("nothing of what is over within seconds", () => {
    const { progress, clock, lines } = watched({ isTTY: false });
    for (let second = 0; second <= 5; second++) {
      clock.ms = 1000 * second;
      progress.update(second / 5, "epoch 1 of 1");
    }
    progress.clear();
    expect(lines()).toEqual([]);
  });

  it("a first step that takes long is told when it is done", () => {
    const { progress, clock, lines } = watched({ isTTY: false });
    clock.ms = 14_000;
    progress.update(0.001, "epoch 1 of 25");
    expect(lines()).toEqual(["epoch 1 of 25, 0%\n"]);
  });
});
