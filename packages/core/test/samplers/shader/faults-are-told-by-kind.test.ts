/** What can go wrong with a GPU, told by its kind and with its cause; another sampler goes on from the same model. */
import { hasSoftwareDriver } from "@pixelcnn/software-gpu";
import { describe, expect, it } from "vitest";
import {
  type GpuDevice,
  requestShaderDevice,
  ShaderError,
  type ShaderErrorKind,
  shaderSampler,
} from "../../../src/samplers/shader/index.ts";
import { sample } from "../../../src/sampling/sample.ts";
import { gpu, openDevice, withChanges } from "../../support/dawn.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { smallModel } from "../../support/small-models.ts";

const picture = { height: 6, width: 4, channels: 1, levels: 2 };
const model = smallModel("naive", { picture });
const device = await openDevice();

async function expectFault(draw: () => Promise<unknown>, kind: ShaderErrorKind): Promise<ShaderError> {
  const error = await draw().then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ShaderError);
  expect(error).toMatchObject({ kind, message: expect.stringMatching(/^expected .+ got.+; .+$/) });
  return error as ShaderError;
}

describe("a device", () => {
  it("that is destroyed while it draws is lost, and the incremental sampler draws the picture", async () => {
    const { device: own } = await requestShaderDevice(gpu, { software: hasSoftwareDriver });
    const options = { seed: 4, sampler: shaderSampler(own) };
    const error = await expectFault(async () => {
      for await (const { position } of sample(model, options)) if (position === 4) own.destroy();
    }, "lost");
    expect(error.cause).toMatchObject({ reason: "destroyed" });
    await expectFault(() => drawPictures(model, options), "lost");
    const drawn = await drawPictures(model, { seed: 4 });
    expect(drawn.levels).toEqual(
      (await drawPictures(model, { seed: 4, sampler: shaderSampler(device) })).levels,
    );
  });

  it("without memory says so", async () => {
    const message = "no room";
    let scopes = 0;
    const full = withChanges(device, {
      // The second of three scopes is the one for memory.
      popErrorScope: async () => {
        const fault = await device.popErrorScope();
        return ++scopes % 3 === 2 ? { message } : fault;
      },
    });
    const error = await expectFault(
      () => drawPictures(model, { sampler: shaderSampler(full) }),
      "out-of-memory",
    );
    expect(error.cause).toEqual({ message });
  });

  it("that refuses the program says why", async () => {
    const strange = withChanges(device, {
      createShaderModule: ({ label, code }) =>
        device.createShaderModule({ label, code: code.replaceAll("let picture", "let picture: bool") }),
    });
    const error = await expectFault(
      () => drawPictures(model, { sampler: shaderSampler(strange) }),
      "validation",
    );
    expect(error.message).toMatch(/bool/);
    // Not for ever: the same model on the device as it is.
    await drawPictures(model, { sampler: shaderSampler(device) });
  });

  it("that refuses a command says why", async () => {
    const strange = withChanges(device, {
      createBuffer: (descriptor) =>
        device.createBuffer({
          ...descriptor,
          usage: descriptor.label === "read-back" ? 0 : descriptor.usage,
        }),
    });
    await expectFault(() => drawPictures(model, { sampler: shaderSampler(strange) }), "validation");
  });

  it("whose bindings are too small for the weights is told so before anything is allocated", async () => {
    const small = withChanges(device, { limits: { ...limitsOf(device), maxStorageBufferBindingSize: 1024 } });
    const error = await expectFault(() => drawPictures(model, { sampler: shaderSampler(small) }), "limits");
    expect(error.message).toMatch(/1024/);
  });
});

describe("a request for a device", () => {
  it.each([undefined, null])("where WebGPU is %s is refused", async (nothing) => {
    await expectFault(() => requestShaderDevice(nothing), "unavailable");
  });

  it("without an adapter, or with one that fails, is refused with the cause", async () => {
    await expectFault(() => requestShaderDevice({ requestAdapter: async () => null }), "unavailable");
    const cause = new Error("driver says no");
    const failing = { requestAdapter: () => Promise.reject(cause) };
    const error = await expectFault(() => requestShaderDevice(failing), "unavailable");
    expect(error.cause).toBe(cause);
  });

  it.runIf(hasSoftwareDriver)("refuses software unless it is asked for, and says what it is", async () => {
    const error = await expectFault(() => requestShaderDevice(gpu), "unavailable");
    expect(error.message).toMatch(/software/);
    const { device: own, adapter } = await requestShaderDevice(gpu, { software: true });
    own.destroy();
    expect(adapter).toMatchObject({ isSoftware: true, description: expect.stringMatching(/SwiftShader/) });
  });
});

function limitsOf({ limits }: GpuDevice) {
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension } = limits;
  return { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension };
}
