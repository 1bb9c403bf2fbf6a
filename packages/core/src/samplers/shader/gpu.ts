/**
 * The part of WebGPU that this room uses, so that core needs neither the DOM library nor anybody's type package. Structural: a
 * browser's GPU and GPUDevice are assignable as they are, and so are Dawn's. Where two libraries disagree about a descriptor's
 * type, it is only an object here.
 */

/** A browser's `navigator.gpu`, or what Dawn's `create()` returns. */
export interface Gpu {
  /** An adapter; null when there is none of that sort. */
  requestAdapter(options?: {
    powerPreference?: "low-power" | "high-performance";
    forceFallbackAdapter?: boolean;
  }): Promise<GpuAdapter | null>;
}

export interface GpuAdapter {
  readonly info: GpuAdapterInfo;
  requestDevice(): Promise<GpuDevice>;
}

/** Who made the adapter, as far as the engine tells. */
export interface GpuAdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Absent in older engines. */
  readonly isFallbackAdapter?: boolean;
}

/** A device as WebGPU defines it (https://www.w3.org/TR/webgpu/), as far as the sampler uses it. */
export interface GpuDevice {
  readonly limits: GpuLimits;
  readonly queue: GpuQueue;
  /** Absent in older engines. */
  readonly adapterInfo?: GpuAdapterInfo;
  readonly lost: Promise<{ readonly reason: string | undefined; readonly message: string }>;
  /** Zeroed memory, `size` bytes. */
  createBuffer(descriptor: { label: string; size: number; usage: number }): GpuBuffer;
  /** A compiled WGSL program. */
  createShaderModule(descriptor: { label: string; code: string }): object;
  /** The kinds of buffers that a program is bound to. */
  createBindGroupLayout(descriptor: { entries: GpuLayoutEntry[] }): object;
  /** The bind groups of a pipeline. */
  createPipelineLayout(descriptor: { bindGroupLayouts: object }): object;
  /** A program ready to run; rejects when it does not compile. */
  createComputePipelineAsync(descriptor: {
    label?: string | undefined;
    layout: unknown;
    compute: { module: object; entryPoint?: string | undefined };
  }): Promise<object>;
  /** Buffers for one bind group of a pipeline. */
  createBindGroup(descriptor: { layout: object; entries: object }): object;
  /** Records commands for {@link GpuDevice.queue}. */
  createCommandEncoder(): GpuCommandEncoder;
  /** Catches errors of one kind until the matching {@link GpuDevice.popErrorScope}. */
  pushErrorScope(filter: "validation" | "out-of-memory" | "internal"): void;
  /** The first error that the newest scope caught; null for none. */
  popErrorScope(): Promise<{ readonly message: string } | null>;
  /** Frees the device and its buffers. */
  destroy(): void;
}

export interface GpuLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

export interface GpuLayoutEntry {
  binding: number;
  visibility: number;
  buffer: { type: "uniform" | "storage" | "read-only-storage" };
}

export interface GpuBuffer {
  readonly size: number;
  mapAsync(mode: number, offset?: number, size?: number): Promise<undefined>;
  getMappedRange(offset?: number, size?: number): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}

export interface GpuQueue {
  submit(commands: object): void;
  writeBuffer(buffer: GpuBuffer, offset: number, data: ArrayBufferView<ArrayBuffer>): void;
  onSubmittedWorkDone(): Promise<undefined>;
}

export interface GpuCommandEncoder {
  beginComputePass(): GpuComputePass;
  copyBufferToBuffer(
    source: GpuBuffer,
    sourceOffset: number,
    target: GpuBuffer,
    targetOffset: number,
    size: number,
  ): void;
  finish(): object;
}

export interface GpuComputePass {
  setPipeline(pipeline: object): void;
  setBindGroup(index: number, group: object | null): void;
  dispatchWorkgroups(x: number, y?: number): void;
  end(): void;
}

/** GPUBufferUsage, GPUMapMode and GPUShaderStage: numbers of the specification. */
export const Usage = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 } as const;
export const MAP_READ = 1;
export const STAGE_COMPUTE = 4;
