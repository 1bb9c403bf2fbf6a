import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateProgram } from "../../../src/samplers/shader/generator.ts";
import { roll } from "../../../src/samplers/shader/roll.ts";
import { smallModel } from "../../support/small-models.ts";

describe("a sequence rolled up", () => {
  it("is the same when it is written out", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 }), (items) => {
        const written = roll(items).flatMap(({ start, period, repeats }) =>
          Array.from({ length: repeats }, () => items.slice(start, start + period)).flat(),
        );
        expect(written).toEqual(items);
      }),
    );
  });

  it("finds what repeats", () => {
    expect(roll([..."xabcabcabcy"])).toEqual([
      { start: 0, period: 1, repeats: 1 },
      { start: 1, period: 3, repeats: 3 },
      { start: 10, period: 1, repeats: 1 },
    ]);
  });
});

it.each(["gated", "naive", "pixelcnn"] as const)("a deep %s is as short as a shallow one", (name) => {
  const picture = { height: 8, width: 8, channels: 1, levels: 4 };
  const [shallow, deep] = [4, 16].map((layers) =>
    generateProgram(smallModel(name, { picture, channels: 32, layers })),
  ) as [ReturnType<typeof generateProgram>, ReturnType<typeof generateProgram>];
  expect(deep.weights.length).toBeGreaterThan(2 * shallow.weights.length);
  expect(deep.position.length).toBeLessThan(1.1 * shallow.position.length);
  expect(deep.rowTexts.length).toBe(shallow.rowTexts.length);
  expect(deep.rows.length).toBeGreaterThanOrEqual(shallow.rows.length);
});
