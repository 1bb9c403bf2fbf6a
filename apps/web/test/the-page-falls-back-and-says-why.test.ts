import { describe, expect, it } from "vitest";
import { out } from "./support/built-site.ts";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { serveFiles } from "./support/file-server.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";

describe("without WebGPU", () => {
  // WebGPU is for secure pages only: under a name that is not this machine's own, plain HTTP is not one.
  const site = withSite(async () => {
    const served = await serveFiles(out);
    return { ...served, origin: served.origin.replace("127.0.0.1", "plain.test") };
  }, ["--host-resolver-rules=MAP plain.test 127.0.0.1"]);

  it("draws with the incremental reader in a worker and says so", async () => {
    const { page } = await site.open("/generate/?seed=2&count=4");
    await untilDrawn(page);
    expect(await page.evaluate(() => "gpu" in navigator)).toBe(false);
    await page.getByText("This browser offers no WebGPU.").waitFor();
    expect(await wallBytes(page)).toEqual(
      await drawnByCore("glyphs", { seed: 2, classLabel: inTurn(4), count: 4 }),
    );
  });

  it("does not run the shader for who asks for it by name", async () => {
    const { page } = await site.open("/generate/?count=1&reader=shader");
    await page.getByText("This browser offers no WebGPU.").waitFor();
    await untilDrawn(page);
  });
});

describe("with WebGPU", () => {
  const site = withSite();

  it("does not take a GPU that the processor imitates unless it is asked to", async () => {
    const { page } = await site.open("/generate/?count=4");
    await page.getByText(/software GPU/).waitFor();
    await page.getByText("incremental reader draws").waitFor();
  });

  it("goes on with the incremental reader, to the same pictures, when the GPU is lost in mid-drawing", async () => {
    const { page } = await site.open("/generate/?seed=5&count=4&reader=incremental");
    await untilDrawn(page);
    const worker = page.workers()[0]!;
    await worker.evaluate(() => {
      const scope = self as unknown as {
        GPUAdapter: { prototype: { requestDevice(): Promise<unknown> } };
        device: unknown;
      };
      const original = scope.GPUAdapter.prototype.requestDevice;
      scope.GPUAdapter.prototype.requestDevice = async function (this: unknown) {
        scope.device = await original.call(this);
        return scope.device;
      };
    });
    await page.getByText("Pixel by pixel").click();
    await page.getByText("Shader", { exact: true }).click();
    await page.getByText("shader reader draws").waitFor();
    await page.locator('[data-drawing="drawing"]').first().waitFor();
    await worker.evaluate(() => (self as unknown as { device: { destroy(): void } }).device.destroy());
    await page.getByText(/The GPU (went away|gave up)/).waitFor();
    await page.getByText("As computed").click();
    await untilDrawn(page);
    expect(await wallBytes(page)).toEqual(
      await drawnByCore("glyphs", { seed: 5, classLabel: inTurn(4), count: 4 }),
    );
  });

  it("measures on a click", async () => {
    const { page } = await site.open("/generate/?count=1");
    await page.getByRole("button", { name: "Measure" }).click();
    await page.getByText(/incremental: [\d.]+ ms a picture, in a batch of 16/).waitFor();
  });
});
