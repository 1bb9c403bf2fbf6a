/**
 * Lets a GPU work for a while and waits for it: wait-in-a-process.ts. Prints {@link Wait} as JSON.
 */
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { openDawn } from "../../src/webgpu/dawn.ts";

export interface Wait {
  readonly milliseconds: number;
  /** Share of them in which this thread did anything, 0 ... 1. */
  readonly share: number;
  /** What the functions of others still do: one by `setImmediate`, one by its promise. */
  readonly told: readonly string[];
}

const gpu = await openDawn();
const adapter = (await gpu.requestAdapter()) ?? (await gpu.requestAdapter({ forceFallbackAdapter: true }));
const device = await adapter!.requestDevice();
const module = device.createShaderModule({
  code: `
    @group(0) @binding(0) var<storage, read_write> sums: array<f32>;
    @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
      var sum = 0.0;
      for (var i = 0u; i < 2000000u; i++) { sum = fract(sum * 1.1 + sin(f32(i))); }
      sums[id.x] = sum;
    }`,
});
const pipeline = device.createComputePipeline({ layout: "auto", compute: { module } });
const sums = device.createBuffer({ size: 256, usage: GPUBufferUsage.STORAGE });
const entries = [{ binding: 0, resource: { buffer: sums } }];
const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });

const begun = performance.now();
const before = performance.eventLoopUtilization();
// Until it has taken long enough that a share can be told.
while (performance.now() - begun < 500) {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(4);
  pass.end();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
}
const { utilization: share } = performance.eventLoopUtilization(before);
const milliseconds = performance.now() - begun;

const told = [
  await new Promise<string>((resolve) => void setImmediate(resolve, "an argument")),
  await promisify(setImmediate)("a promise"),
];
device.destroy();
const wait: Wait = { milliseconds, share, told };
process.stdout.write(JSON.stringify(wait));
