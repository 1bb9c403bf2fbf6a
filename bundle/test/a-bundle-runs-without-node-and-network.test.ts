import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Contents, makeBundle } from "../src/make-bundle.ts";
import { canSeal, SealedPlace } from "./support/sealed-place.ts";

const isForThisMachine = process.platform === "linux" && process.arch === "x64";

describe.skipIf(!isForThisMachine || !canSeal())(
  "in a namespace without network and repository (needs Linux on x64, where unshare is permitted)",
  () => {
    let folder: string;
    let bundle: string;
    let place: SealedPlace;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "pixelcnn bundle "));
      await chmod(folder, 0o755);
      bundle = join(folder, "pixelcnn");
      await makeBundle(bundle, { models: ["glyphs"], datasets: [], images: false, libraries: [] });
      place = new SealedPlace(folder);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test("it draws from the model that it brings, on threads", async () => {
      await place.run(bundle, "generate", "--count", "3", "--class", "3", "--workers", "2", "--quiet");
      expect(existsSync(join(place.home, "samples.png"))).toBe(true);
    });

    test("it trains two steps on threads, and says in its own words how to go on", async () => {
      const small = "--steps 2 --limit 32 --samples 0 --test-limit 4 --channels 8 --layers 1 --workers 2";
      const printed = await place.run(bundle, "train", ...small.split(" "), "--run", "./first");
      expect(printed).toContain("wasm backend, 2 threads");
      expect(existsSync(join(place.home, "first/model.safetensors"))).toBe(true);
      expect(await place.run(bundle, "train", "--resume", "./first")).toContain("bash run.sh train");
    });

    test("it reports, and says of what is not here that it is not", async () => {
      const flags = "--minutes 0.5 --parts drawing --drawn 1 --model glyphs --out ./told";
      await place.run(bundle, "report", ...flags.split(" "));
      const page = readFileSync(join(place.home, "told/report.md"), "utf8");
      expect(page).toMatch(/^\| Drawing speed \| done \|/m);
      expect(page).toContain("- PyTorch, naive, batch of 1: no Python is here");
      expect(page).toMatch(/^\| 1 \| [\d.,]+ \|/m);
    });

    test("it tells what it found, and what it did not", async () => {
      const printed = await place.run(bundle, "machine");
      expect(printed).toMatch(/^python {9}none$/m);
      expect(printed).toMatch(/^PJRT plugin {4}none: PIXELCNN_PYTHON names/m);
    });
  },
);

test("what is to come along and is not there is told in one line", async () => {
  const folder = join(tmpdir(), "never-made");
  const making = (one: Partial<Contents>) =>
    makeBundle(folder, { models: [], datasets: [], images: false, libraries: [], ...one });
  await expect(making({ models: ["glyph"] })).rejects.toThrow(/^--models: expected names of models/);
  await expect(making({ datasets: ["glyphs"] })).rejects.toThrow(/^--datasets: expected names of mnist/);
  await expect(making({ libraries: ["/none.so"] })).rejects.toThrow(/there is no \/none.so$/);
  expect(existsSync(folder)).toBe(false);
});
