import { describe, expect, it } from "vitest";
import { CliError } from "../../src/cli-error.ts";
import { readModel } from "../../src/read-model.ts";
import { trainDefaults } from "../../src/settings/train-settings.ts";
import { checkBesideInitFrom } from "../../src/training/beside-init-from.ts";
import { configOf } from "../../src/training/open-run.ts";

const glyphs = await readModel("glyphs"); // 16×16 grey, 4 levels, 10 classes; gated, 32 channels, 6 layers

describe("settings beside --init-from", () => {
  it("may say what the model is", () => {
    expect(() => checkBesideInitFrom({}, glyphs)).not.toThrow();
    const same = { levels: 4, classes: 10, size: "16", grey: true, seed: 3, batchSize: 2, learningRate: 1 };
    expect(() => checkBesideInitFrom(same, glyphs)).not.toThrow();
  });

  it.each([
    [
      { channels: 8 },
      "--channels: expected nothing that contradicts the network of --init-from, got 8; leave it out",
    ],
    [{ layers: 2, model: "naive" } as const, "--model, --layers: expected nothing that contradicts"],
    [{ dropout: 0.5 }, "--dropout: expected nothing"],
    [{ hinges: true }, "--hinges: expected nothing"],
    [{ dilations: [2] }, "--dilations: expected nothing"],
    [{ levels: 8 }, "--levels: expected 4, which the model of --init-from has, got 8; leave it out"],
    [{ classes: 0 }, "--classes: expected 10, which"],
    [{ binarise: "dynamic" } as const, "--binarise: expected none, which"],
    [{ size: "16x8" }, "--size: expected 16x16, which"],
    [{ grey: false }, "--grey: expected true, which"],
  ])("are refused by name where they are something else: %j", (named, message) => {
    const check = () => checkBesideInitFrom(named, glyphs);
    expect(check).toThrow(CliError);
    expect(check).toThrow(message);
  });

  it("are not written down, so that what is written down can be run again", () => {
    const config = configOf({ ...trainDefaults, initFrom: "glyphs" });
    expect(config).toMatchObject({ dataset: "glyphs", seed: 0, batchSize: 8 });
    for (const key of ["model", "channels", "layers", "levels", "dropout"])
      expect(config).not.toHaveProperty(key);
  });
});
