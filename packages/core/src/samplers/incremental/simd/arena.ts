/**
 * A WebAssembly memory with a model's image and blocks of pictures behind it. A draw takes an arena and gives it back; the
 * last one given back is only weakly held, so a draw that follows at once reuses it and an idle app keeps nothing.
 */

import { roundUp } from "../../../lowering/index.ts";
import type { NetworkNode } from "../../../network/graph.ts";
import type { Model } from "../../../network/model.ts";
import { type MemoryImage, memoryImageOf } from "./encode.ts";
import { bindKernels, type KernelFunctions, type KernelPart, type KernelVariant } from "./kernels.ts";
import { type WasmMemory, webAssembly } from "./web-assembly.ts";

const PAGE = 65_536;

export class Arena {
  private constructor(
    readonly image: MemoryImage,
    readonly variant: KernelVariant,
    readonly memory: WasmMemory,
    readonly kernels: KernelFunctions,
  ) {}

  static async create(model: Model, variant: KernelVariant): Promise<Arena> {
    const image = memoryImageOf(model);
    const memory = new webAssembly!.Memory({ initial: Math.ceil(image.bytes.length / PAGE) });
    new Uint8Array(memory.buffer).set(image.bytes);
    return new Arena(image, variant, memory, await bindKernels(variant, memory, partsFor(model)));
  }

  /** Address of the first block. */
  get start(): number {
    return roundUp(this.image.bytes.length, 64);
  }

  /** Makes room for blocks of so many bytes together, all zero. */
  clear(bytes: number): void {
    const missing = this.start + bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    new Uint8Array(this.memory.buffer, this.start, bytes).fill(0);
  }
}

function partsFor({ network }: Model): KernelPart[] {
  const has = (op: NetworkNode["op"]) => network.nodes.some((node) => node.op === op);
  return [
    "layers",
    ...(has("attention") ? (["attention"] as const) : []),
    ...(has("lstm") ? (["cells"] as const) : []),
    ...(network.likelihood?.kind === "mixture" ? (["mixtures"] as const) : []),
  ];
}

const idle = new WeakMap<Model, WeakRef<Arena>>();

/** An arena for one draw alone. */
export async function takeArena(model: Model, variant: KernelVariant): Promise<Arena> {
  const arena = idle.get(model)?.deref();
  if (arena?.variant !== variant) return Arena.create(model, variant);
  idle.delete(model);
  return arena;
}

export function releaseArena(model: Model, arena: Arena): void {
  idle.set(model, new WeakRef(arena));
}
