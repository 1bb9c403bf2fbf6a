/** The drawing worker whose GPU goes away at any moment: what it draws is finished on the processor, to the same pictures. */
import { readFile } from "node:fs/promises";
import { incrementalSampler, type Sampler } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";
import { ShaderError } from "@pixelcnn/core/shader";
import { expect, it } from "vitest";
import { incremental } from "../src/workers/drawing/choose-sampler.ts";
import type { DeviceStatus } from "../src/workers/drawing/device-status.ts";
import { DrawingEngine } from "../src/workers/drawing/drawing-engine.ts";
import { drawnByCore, modelFile } from "./support/core-pictures.ts";

const request = { count: 2, seed: 3, temperature: 1, labels: [1, 2] };

/** A device that can be taken away; the shader on it notices when it is asked to go on. */
class Device {
  isLost = false;
  lose = (_reason: string) => {};
  readonly sampler: Sampler = { name: "shader", draw: (...given) => this.#draw(...given) };

  async *#draw(...given: Parameters<Sampler["draw"]>): ReturnType<Sampler["draw"]> {
    for await (const position of incrementalSampler.draw(...given)) {
      if (this.isLost) throw new ShaderError("lost", "expected the GPU to stay, got: gone; draw otherwise");
      yield position;
    }
  }
}

/** An engine whose GPU is a new device whenever one is asked for. */
async function engineOf(devices: Device[]) {
  const told: DeviceStatus[] = [];
  const engine = new DrawingEngine(async (choice, onLost) => {
    if (choice === "incremental") return incremental("You chose it.", null);
    const device = new Device();
    device.lose = onLost;
    devices.push(device);
    return {
      sampler: device.sampler,
      status: { sampler: "shader", adapter: "fake", reason: "It is there." },
    };
  });
  engine.listen(((status: DeviceStatus) => void told.push(status)) as never);
  const bytes = await readFile(modelFile("glyphs"));
  engine.load("glyphs", bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return { engine, told };
}

const moments = {
  "and the page hears of it before it asks for more": (device: Device) => {
    device.isLost = true;
    device.lose("The GPU went away.");
  },
  "and the drawing notices first": (device: Device) => {
    device.isLost = true;
  },
  "when a device that was left for the processor is lost": (device: Device, engine: DrawingEngine) => {
    engine.choose("incremental");
    device.isLost = true;
    device.lose("The GPU went away.");
  },
};

it.each(Object.entries(moments))("%s", async (_, happen) => {
  const devices: Device[] = [];
  const { engine, told } = await engineOf(devices);
  const session = engine.open("glyphs", request);
  const first = await session.next();
  expect(first!.position).toBeGreaterThan(0);
  happen(devices[0]!, engine);
  let [position, pixels] = [first!.position, first!.pixels];
  for (let step = await session.next(); step !== null; step = await session.next()) {
    expect(step.position).toBeGreaterThan(position);
    ({ position, pixels } = step);
  }
  const { labels, ...options } = request;
  expect(Array.from(pixels, (level) => levelToByte(level, 4))).toEqual(
    await drawnByCore("glyphs", { ...options, classLabel: labels }),
  );
  expect(devices).toHaveLength(1);
  expect(told.at(-1)!.sampler).toBe("incremental");
  expect((await engine.device()).sampler).toBe("incremental");
});

it("a device that is lost after another one was asked for takes nothing from that one", async () => {
  const devices: Device[] = [];
  const { engine, told } = await engineOf(devices);
  await engine.device();
  engine.choose("incremental");
  await engine.device();
  engine.choose("shader");
  await engine.device();
  devices[0]!.lose("The GPU went away.");
  await Promise.resolve();
  expect((await engine.device()).sampler).toBe("shader");
  expect(told.at(-1)!.sampler).toBe("shader");
});
