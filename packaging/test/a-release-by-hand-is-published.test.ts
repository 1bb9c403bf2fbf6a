import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { run } from "../src/pack.ts";
import { publish } from "../src/publish.ts";
import { startRegistry } from "../src/registry.ts";

const { runs, pictures } = inject("tarballs");

test("npm takes packages from a machine that can state no provenance, each version once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-by-hand-"));
  const registry = await startRegistry([pictures]);
  try {
    await writeFile(join(folder, "npmrc"), registry.lines);
    const environment = { NPM_CONFIG_USERCONFIG: join(folder, "npmrc"), NPM_CONFIG_LOGLEVEL: "error" };
    const published = await publish([runs, pictures], environment);
    expect(published).toEqual([expect.stringMatching(/^@pixelcnn\/runs@\d/)]);
    const there = await run(
      "npm",
      ["view", "@pixelcnn/runs", "publishConfig", "--json"],
      folder,
      environment,
    );
    // What a workflow publishes has its statement.
    expect(JSON.parse(there)).toMatchObject({ access: "public", provenance: true });
    expect(await publish([runs, pictures], environment)).toEqual([]);
  } finally {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  }
});
