import type { Page, Worker } from "playwright-core";
import { describe, expect, it } from "vitest";
import { out } from "./support/built-site.ts";
import { drawnByCore, inTurn } from "./support/core-pictures.ts";
import { serveFiles } from "./support/file-server.ts";
import { smallestGlyphs } from "./support/untrained-model.ts";
import { untilDrawn, wallBytes } from "./support/visitor.ts";
import { withSite } from "./support/with-site.ts";
import { withoutWebGpu } from "./support/without-web-gpu.ts";

// What is drawn matters little, and a GPU in software compiles a large model for long.
const { model, file } = smallestGlyphs();
const instead = new Map([["/models/glyphs.safetensors", file]]);

/** What the tests put into the drawing worker. */
interface DrawingScope {
  readonly GPUAdapter: { readonly prototype: { requestDevice(): Promise<{ destroy(): void }> } };
  readonly GPUDevice: {
    readonly prototype: {
      pushErrorScope(filter: string): void;
      popErrorScope(): Promise<unknown>;
    };
  };
  readonly GPUOutOfMemoryError: new (message: string) => unknown;
  /** The device of the shader. */
  device: { destroy(): void };
  /** From now on the device says that its memory is full. */
  isMemoryFull: boolean;
}

/** The worker of a page that draws with the incremental sampler from now on, as if no GPU had failed: its next device can be spoilt. */
async function watchedWorker(page: Page): Promise<Worker> {
  await page.getByText("Processor", { exact: true }).click();
  // Until then the worker may keep what it chose when the GPU failed.
  await page.getByText(/The GPU (went away|gave up)/).waitFor({ state: "detached" });
  await untilDrawn(page);
  const worker = page.workers()[0]!;
  await worker.evaluate(() => {
    const scope = self as unknown as DrawingScope;
    const isWatched = Object.hasOwn(scope, "isMemoryFull");
    scope.isMemoryFull = false;
    if (isWatched) return;
    const adapter = scope.GPUAdapter.prototype;
    const { requestDevice } = adapter;
    adapter.requestDevice = async function () {
      scope.device = await requestDevice.call(this);
      return scope.device;
    };
    const device = scope.GPUDevice.prototype;
    const { pushErrorScope, popErrorScope } = device;
    const filters: string[] = [];
    device.pushErrorScope = function (filter) {
      filters.push(filter);
      pushErrorScope.call(this, filter);
    };
    device.popErrorScope = async function () {
      const isOfMemory = filters.pop() === "out-of-memory";
      const error = await popErrorScope.call(this);
      return isOfMemory && scope.isMemoryFull ? new scope.GPUOutOfMemoryError("no room left") : error;
    };
  });
  return worker;
}

/** The same in the middle of a drawing of the shader, which is shown pixel by pixel. */
async function shaderAtWork(page: Page): Promise<Worker> {
  const worker = await watchedWorker(page);
  await page.getByText("Pixel by pixel").click();
  await page.getByText("Graphics chip", { exact: true }).click();
  await page.getByText("The graphics chip draws").waitFor();
  await page.locator('[data-drawing="drawing"]').first().waitFor();
  return worker;
}

async function expectEnd(page: Page): Promise<void> {
  await page.getByText("As computed").click();
  await untilDrawn(page);
  expect(await wallBytes(page)).toEqual(
    await drawnByCore(model, { seed: 5, classLabel: inTurn(4), count: 4 }),
  );
}

describe("without WebGPU", () => {
  const site = withoutWebGpu(instead);

  it("draws with the incremental sampler in a worker and says so", async () => {
    const { page } = await site.open("/generate/?seed=2&count=4");
    await untilDrawn(page);
    expect(await page.evaluate(() => "gpu" in navigator)).toBe(false);
    await page.getByText("This browser lets no page use the graphics chip").waitFor();
    expect(await wallBytes(page)).toEqual(
      await drawnByCore(model, { seed: 2, classLabel: inTurn(4), count: 4 }),
    );
  });

  it("does not run the shader for who asks for it by name", async () => {
    const { page } = await site.open("/generate/?count=1&sampler=shader");
    await page.getByText("This browser lets no page use the graphics chip").waitFor();
    await untilDrawn(page);
  });
});

describe("with WebGPU", () => {
  const site = withSite(() => serveFiles(out, "", instead));
  /** One page, which every test leaves with its pictures drawn: a sampler that is chosen again is opened anew. */
  const link = "/generate/?seed=5&count=4";

  it("does not take a GPU that the processor imitates unless it is asked to", async () => {
    const { page } = await site.openForAll(link);
    await page.getByText(/software GPU/).waitFor();
    await page.getByText("One core of the processor draws").waitFor();
  });

  it("goes on with the incremental sampler, to the same pictures, when the GPU is lost in mid-drawing", async () => {
    const { page } = await site.openForAll(link);
    const worker = await shaderAtWork(page);
    await worker.evaluate(() => (self as unknown as DrawingScope).device.destroy());
    await page.getByText(/The GPU (went away|gave up)/).waitFor();
    await expectEnd(page);
  });

  it("and when its memory is full", async () => {
    const { page } = await site.openForAll(link);
    const worker = await shaderAtWork(page);
    await worker.evaluate(() => {
      (self as unknown as DrawingScope).isMemoryFull = true;
    });
    await page.getByText("The GPU gave up: expected enough memory on the GPU, got: no room left.").waitFor();
    await expectEnd(page);
  });

  it("says so when the processor has no memory either, and draws when it has some again", async () => {
    const { page } = await site.openForAll(link);
    await untilDrawn(page);
    const worker = page.workers()[0]!;
    await worker.evaluate(() => {
      const scope = self as unknown as { Uint8Array: unknown; kept: unknown };
      scope.kept = scope.Uint8Array;
      scope.Uint8Array = class {
        constructor() {
          throw new RangeError("Array buffer allocation failed");
        }
      };
    });
    await page.getByRole("button", { name: "Again" }).click();
    await page.getByText(/Array buffer allocation failed/).waitFor();
    await worker.evaluate(() => {
      const scope = self as unknown as { Uint8Array: unknown; kept: unknown };
      scope.Uint8Array = scope.kept;
    });
    await page.getByRole("button", { name: "Again" }).click();
    await expectEnd(page);
  });

  it("measures on a click", async () => {
    const { page } = await site.openForAll(link);
    await page.getByRole("button", { name: "Measure" }).click();
    await page.getByText(/Processor: [\d.]+ ms per picture, in a batch of 16/).waitFor();
  });

  it("goes on with it when the memory of the GPU is full before the first pixel", async () => {
    const { page } = await site.openForAll(link);
    const worker = await watchedWorker(page);
    await worker.evaluate(() => {
      (self as unknown as DrawingScope).isMemoryFull = true;
    });
    await page.getByText("Graphics chip", { exact: true }).click();
    await page.getByText("The GPU gave up: expected enough memory on the GPU, got: no room left.").waitFor();
    await expectEnd(page);
  });

  it("says so when its worker dies during a pause, and draws in another one", async () => {
    const { page, complaints } = await site.openForAll(link);
    await page.getByText("Pixel by pixel").click();
    await page.getByRole("button", { name: "Again" }).click();
    await page.locator('[data-drawing="drawing"]').first().waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText(/^Paused at row/).waitFor();
    const worker = page.workers()[0]!;
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("no more power");
      });
    });
    await expect.poll(() => page.workers().includes(worker)).toBe(false);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByText(/The drawing stopped: .*no more power\. Draw again to go on\./).waitFor();
    await page.getByRole("button", { name: "Again" }).click();
    await expectEnd(page);
    expect(complaints.splice(0).every((complaint) => complaint.includes("no more power"))).toBe(true);
  });
});
