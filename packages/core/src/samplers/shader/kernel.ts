/** A model on a device: the compiled program and the buffers that every drawing shares. */
import type { Model } from "../../network/model.ts";
import { explained } from "./faults.ts";
import { generateProgram } from "./generator.ts";
import { type GpuBuffer, type GpuDevice, STAGE_COMPUTE, Usage } from "./gpu.ts";
import { BINDINGS } from "./program-text.ts";
import { isSoftware } from "./request-device.ts";
import { ShaderError } from "./shader-error.ts";

export interface Kernel {
  /** Floats of activations a picture. */
  readonly pictureFloats: number;
  readonly rows: readonly Stage[];
  readonly position: Stage;
  readonly layout: object;
  readonly weights: GpuBuffer;
  readonly constants: GpuBuffer;
  readonly tables: GpuBuffer;
}

/** A pipeline with the numbers that its text is to fill in. */
export interface Stage {
  readonly pipeline: object;
  readonly numbers: object;
  /** Workgroups a picture. */
  readonly workgroups: number;
}

const kernels = new WeakMap<GpuDevice, WeakMap<Model, Promise<Kernel>>>();

/** Compiled once per model and device; it lives as long as both. */
export function kernelOf(device: GpuDevice, model: Model): Promise<Kernel> {
  const models = kernels.get(device) ?? new WeakMap<Model, Promise<Kernel>>();
  kernels.set(device, models);
  let kernel = models.get(model);
  if (kernel === undefined) {
    kernel = compile(device, model);
    models.set(model, kernel);
    kernel.catch(() => models.delete(model));
  }
  return kernel;
}

/** A processor runs an invocation after the other and pays for every one at every barrier. */
const SOFTWARE_INVOCATIONS = 32;

function compile(device: GpuDevice, model: Model): Promise<Kernel> {
  const program = generateProgram(model, isSoftware(device) ? SOFTWARE_INVOCATIONS : undefined);
  const { weights, constants, tables } = program;
  const largest = Math.max(weights.byteLength, constants.byteLength, tables.byteLength);
  const { maxStorageBufferBindingSize } = device.limits;
  if (largest > maxStorageBufferBindingSize) {
    throw new ShaderError(
      "limits",
      `expected weights of at most ${maxStorageBufferBindingSize} bytes, the device's limit, got ${largest}; draw with the ` +
        "incremental sampler",
    );
  }
  return explained(device, async () => {
    const layout = device.createBindGroupLayout({
      entries: BINDINGS.map((type, binding) => ({ binding, visibility: STAGE_COMPUTE, buffer: { type } })),
    });
    const numberLayout = device.createBindGroupLayout({
      entries: [{ binding: 0, visibility: STAGE_COMPUTE, buffer: { type: "uniform" } }],
    });
    const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout, numberLayout] });
    const pipelines = [program.position, ...program.rowTexts].map((code, i) => {
      const label = i === 0 ? "positions" : `row text ${i - 1}`;
      const module = device.createShaderModule({ label, code });
      const compute = { module, entryPoint: "main" };
      return device.createComputePipelineAsync({ label, layout: pipelineLayout, compute });
    });
    const numbersOf = (words: Uint32Array<ArrayBuffer>) => {
      const buffer = filledBuffer(device, "numbers", words, Usage.uniform);
      return device.createBindGroup({
        layout: numberLayout,
        entries: [{ binding: 0, resource: { buffer } }],
      });
    };
    const noNumbers = numbersOf(new Uint32Array(0));
    const rowNumbers = program.rows.map(({ numbers }) => numbersOf(numbers));
    const buffers = {
      weights: filledBuffer(device, "weights", weights),
      constants: filledBuffer(device, "constants", constants),
      tables: filledBuffer(device, "tables", tables),
    };
    const [position, ...texts] = await Promise.all(pipelines);
    return {
      pictureFloats: program.pictureFloats,
      layout,
      position: { pipeline: position!, numbers: noNumbers, workgroups: 1 },
      rows: program.rows.map(({ text, workgroups }, i) => ({
        pipeline: texts[text]!,
        numbers: rowNumbers[i]!,
        workgroups,
      })),
      ...buffers,
    };
  });
}

/** A buffer with these contents; never empty, since a binding may not be. */
export function filledBuffer(
  device: GpuDevice,
  label: string,
  data: ArrayBufferView<ArrayBuffer>,
  usage: number = Usage.storage,
): GpuBuffer {
  const size = Math.max(16, Math.ceil(data.byteLength / 16) * 16);
  const buffer = device.createBuffer({
    label,
    size,
    usage: usage | Usage.copyTarget | Usage.copySource,
  });
  if (data.byteLength > 0) {
    const bytes = new Uint8Array(size);
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    device.queue.writeBuffer(buffer, 0, bytes);
  }
  return buffer;
}
