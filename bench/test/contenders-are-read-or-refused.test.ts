import { describe, expect, it } from "vitest";
import { parseContender } from "../compare/contender.ts";

const plain = { trainOn: "pictures", components: null, optimiser: "adam", learningRate: null };

describe("a contender", () => {
  it.each([
    ["gated", { preset: "gated" }],
    ["pixelcnn++", { preset: "pixelcnn++" }],
    ["pixelcnn++/mixture5", { preset: "pixelcnn++", components: 5 }],
    ["local@pixels", { preset: "local", trainOn: "pixels" }],
    ["gated:muon", { preset: "gated", optimiser: "muon" }],
    ["gated:0.004", { preset: "gated", learningRate: 0.004 }],
    [
      "local/mixture@pixels:muon:6e-3",
      { preset: "local", components: 10, trainOn: "pixels", optimiser: "muon", learningRate: 0.006 },
    ],
  ])("is read: %s", (name, expected) => {
    expect(parseContender(name)).toEqual({ name, ...plain, ...expected });
  });

  it.each(["", "gates", "gated:sgd", "gated:muon:0", "gated:adam:1e", "gated:0.1:muon", "toString"])(
    "is refused in one line that says how one is written: %j",
    (name) => {
      expect(() => parseContender(name)).toThrow(
        "expected <preset>[/mixture<n>][@pixels][:adam|muon][:<learning rate>] with a preset of",
      );
    },
  );
});
