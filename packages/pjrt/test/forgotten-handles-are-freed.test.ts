import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import type { Client } from "../src/index.ts";
import { loadPlugin, pluginPath } from "./support/plugin.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function forget(client: Client, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await client.upload(Float32Array.of(index), [1]);
}

describe.skipIf(!pluginPath)("a buffer that nobody holds", () => {
  it("is freed once it is collected", async () => {
    const client = await loadPlugin().createClient();
    const held = await client.upload(Float32Array.of(7), [1]);
    await forget(client, 50);
    expect(client.liveBuffers).toBeGreaterThan(1);
    await vi.waitFor(
      () => {
        collectGarbage();
        expect(client.liveBuffers).toBe(1);
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(await held.download()).toEqual(Float32Array.of(7));
    await client.dispose();
  });
});
