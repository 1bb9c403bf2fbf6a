/** Buffers of a drawing are destroyed however it ends; what stays is the model's own, once. */
import { beforeEach, describe, expect, it } from "vitest";
import { type GpuDevice, shaderSampler } from "../../../src/samplers/shader/index.ts";
import { sample } from "../../../src/sampling/sample.ts";
import { openDevice, withChanges } from "../../support/dawn.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { smallModel } from "../../support/small-models.ts";

type Buffer = ReturnType<GpuDevice["createBuffer"]>;

const picture = { height: 8, width: 4, channels: 1, levels: 4 };
const model = smallModel("naive", { picture });
const device = await openDevice();
const alive = new Set<Buffer>();
const sampler = shaderSampler(
  withChanges(device, {
    createBuffer: (descriptor) => {
      const buffer = device.createBuffer(descriptor);
      alive.add(buffer);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        alive.delete(buffer);
        destroy();
      };
      return buffer;
    },
  }),
);
const options = { count: 5, batchSize: 2, sampler };

describe("a drawing", () => {
  let before: number;
  beforeEach(async () => {
    await drawPictures(model, options);
    before = alive.size;
  });

  it("that is complete", async () => {
    expect(before).toBeGreaterThan(0);
    await drawPictures(model, options);
    expect(alive.size).toBe(before);
  });

  it("that is broken off, in the middle and at its first row", async () => {
    for (const row of [1, 5]) {
      let frames = 0;
      for await (const { position } of sample(model, options)) {
        frames++;
        if (position === row * picture.width) break;
      }
      expect(frames).toBe(row);
      expect(alive.size).toBe(before);
    }
    // What was under way did no harm: the next drawing is whole.
    expect(await drawPictures(model, options)).toEqual(await drawPictures(model, options));
  });

  it("that is aborted", async () => {
    const stop = new AbortController();
    const drawing = async () => {
      for await (const _ of sample(model, { ...options, signal: stop.signal }))
        stop.abort(new Error("enough"));
    };
    await expect(drawing()).rejects.toThrow("enough");
    expect(alive.size).toBe(before);
  });

  it("that fails", async () => {
    const failing = withChanges(device, {
      createBuffer: (descriptor) => {
        const buffer = device.createBuffer(descriptor);
        if (descriptor.label === "read-back") buffer.mapAsync = () => Promise.reject(new Error("no"));
        alive.add(buffer);
        const destroy = buffer.destroy.bind(buffer);
        buffer.destroy = () => {
          alive.delete(buffer);
          destroy();
        };
        return buffer;
      },
    });
    await drawPictures(model, { ...options, sampler: shaderSampler(failing) }).catch(() => {});
    const kernel = alive.size;
    await drawPictures(model, { ...options, sampler: shaderSampler(failing) }).catch(() => {});
    expect(alive.size).toBe(kernel);
  });
});
