import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layout } from "@pixelcnn/runs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliError } from "../../src/cli-error.ts";
import { packageRoot } from "../../src/package-root.ts";
import { existingRun, modelPath, runDirectory } from "../../src/paths.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const runs = join(packageRoot, "../../runs");
const before = process.env.INIT_CWD;

beforeAll(() => {
  process.env.INIT_CWD = folder; // as if the command was typed there
  mkdirSync(join(folder, "beside"));
  writeFileSync(layout.metrics(join(folder, "beside")), "");
  writeFileSync(join(folder, "glyphs"), "a file of a model's name");
});
afterAll(() => {
  if (before === undefined) delete process.env.INIT_CWD;
  else process.env.INIT_CWD = before;
});

describe("a run", () => {
  it("that is new lies in runs/, or where its path says", () => {
    expect(runDirectory("new")).toBe(join(runs, "new"));
    expect(runDirectory("./new")).toBe(join(folder, "new"));
    expect(runDirectory("new/")).toBe(join(folder, "new"));
    expect(runDirectory(join(folder, "new"))).toBe(join(folder, "new"));
  });

  it.each([".", ".."])("is not called %s", (name) => {
    expect(() => runDirectory(name)).toThrow(CliError);
    expect(() => runDirectory(name)).toThrow(`--run: expected a name, or a path with a slash, got "${name}"`);
  });

  it("that is there is found beside, where runs/ has none of the name", () => {
    expect(existingRun("beside")).toBe(join(folder, "beside"));
    expect(existingRun("nowhere")).toBe(join(runs, "nowhere"));
    expect(existingRun(".")).toBe(folder);
  });
});

describe("a model", () => {
  it("is one of models/ by its bare name, else a file", () => {
    expect(modelPath("glyphs")).toBe(join(packageRoot, "../../models/glyphs.safetensors"));
    expect(modelPath("./glyphs")).toBe(join(folder, "glyphs"));
    expect(modelPath("nowhere.safetensors")).toBe(join(folder, "nowhere.safetensors"));
  });

  it("is the newest one of a run directory", () => {
    for (const name of ["beside", "./beside", "beside/", join(folder, "beside")])
      expect(modelPath(name)).toBe(layout.model(join(folder, "beside")));
  });
});
