/** The page of results, cards and record against the model files themselves, measured on part of the real test pictures. */
import { resolve } from "node:path";
import { startBackend } from "@pixelcnn/backends";
import { expect, it } from "vitest";
import { findStale } from "../../scripts/results/check.ts";
import { readResults } from "../../scripts/results/record.ts";
import { remeasure } from "../../scripts/results/remeasure.ts";
import { packageRoot } from "../../src/package-root.ts";

const root = resolve(packageRoot, "../..");

it("every page and every model file is the one that was measured", async () => {
  expect(await findStale(root, await readResults(root))).toEqual([]);
});

it("every model gives the recorded nats", { timeout: 600_000 }, async () => {
  await startBackend("wasm");
  const measured: string[] = [];
  for await (const { model, nats, recorded, agrees } of remeasure(root, await readResults(root))) {
    if (nats === null) {
      process.stderr.write(
        `\nSKIPPED: ${model}, whose data set is not on this machine; set PIXELCNN_DATA\n\n`,
      );
      continue;
    }
    expect({ model, nats, agrees }, `recorded ${recorded}`).toMatchObject({ agrees: true });
    measured.push(model);
  }
  expect(measured).toEqual(expect.arrayContaining(["colour-glyphs", "glyphs"]));
});
