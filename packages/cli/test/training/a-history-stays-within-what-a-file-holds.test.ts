import { expect, it } from "vitest";
import { noHistory, withCommand } from "../../src/training/history.ts";

it("commands are joined, and one again and again is told once", () => {
  const twice = withCommand(withCommand(noHistory, "train --run a"), "train --resume a");
  expect(twice.command).toBe("train --run a; train --resume a");
  expect(withCommand(twice, "train --resume a")).toEqual(twice);
});

it("what grows beyond a model file's text keeps its newest part", () => {
  let history = noHistory;
  for (let day = 0; day < 2000; day++)
    history = withCommand(history, `train --resume run-${day} --lr 0.${day} --minutes 60`);
  expect(history.command.length).toBeLessThanOrEqual(60_000);
  expect(history.command).toMatch(/^….*; train --resume run-1999 --lr 0.1999 --minutes 60$/);
  expect(withCommand(noHistory, "x".repeat(70_000)).command).toHaveLength(60_000);
});
