/** What a GPU can do at most, measured: fused multiply-adds from registers, and reads from its memory. */
import type { GpuDevice } from "@pixelcnn/core/shader";

export interface DevicePeak {
  /** Floating-point operations a second, two a multiply-add. */
  readonly flops: number;
  readonly bytesPerSecond: number;
}

const INVOCATIONS = 256;
const CHAINS = 8;
const REPEATS = 5;
/** GPUBufferUsage.STORAGE and GPUShaderStage.COMPUTE. */
const STORAGE = 128;

/** The best of several runs of each. */
export async function measurePeak(device: GpuDevice, workgroups = 16_384): Promise<DevicePeak> {
  const steps = 1024;
  const chains = Array.from({ length: CHAINS }, (_, i) => i);
  const compute = `@group(0) @binding(0) var<storage, read_write> data: array<vec4f>;
@compute @workgroup_size(${INVOCATIONS}) fn main(@builtin(global_invocation_id) id: vec3u) {
  let a = vec4f(f32(id.x) * 1e-9);
  ${chains.map((i) => `var c${i} = vec4f(${i}.0);`).join(" ")}
  for (var i = 0u; i < ${steps}u; i++) { ${chains.map((i) => `c${i} = fma(c${i}, a, a);`).join(" ")} }
  let total = ${chains.map((i) => `c${i}`).join(" + ")};
  if (total.x == 12345.0) { data[0] = total; }
}`;
  const flops = 2 * 4 * CHAINS * steps * INVOCATIONS * workgroups;
  const bytes = Math.min(device.limits.maxStorageBufferBindingSize, 128 * 2 ** 20);
  const vectors = bytes / 16;
  const reads = 16;
  const stream = `@group(0) @binding(0) var<storage, read_write> data: array<vec4f>;
@compute @workgroup_size(${INVOCATIONS}) fn main(@builtin(global_invocation_id) id: vec3u) {
  var total = vec4f();
  for (var i = 0u; i < ${reads}u; i++) { total += data[id.x + i * ${vectors / reads}u]; }
  if (total.x == 12345.0) { data[0] = total; }
}`;
  return {
    flops: flops / (await bestSeconds(device, compute, 16, workgroups)),
    bytesPerSecond: bytes / (await bestSeconds(device, stream, bytes, vectors / reads / INVOCATIONS)),
  };
}

async function bestSeconds(
  device: GpuDevice,
  code: string,
  bytes: number,
  workgroups: number,
): Promise<number> {
  const layout = device.createBindGroupLayout({
    entries: [{ binding: 0, visibility: 4, buffer: { type: "storage" } }],
  });
  const pipeline = await device.createComputePipelineAsync({
    label: "peak",
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module: device.createShaderModule({ label: "peak", code }), entryPoint: "main" },
  });
  const buffer = device.createBuffer({ label: "peak", size: bytes, usage: STORAGE });
  const group = device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] });
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(workgroups);
    pass.end();
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    if (repeat > 0) best = Math.min(best, (performance.now() - started) / 1000); // the first warms up
  }
  buffer.destroy();
  return best;
}
