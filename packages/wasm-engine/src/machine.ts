/** The memory of a program with the kernels that work in it. */
import { bindKernels, type KernelFunctions, type OwnHeap } from "@pixelcnn/wasm-training/kernels";

export class Machine {
  readonly functions: KernelFunctions;

  constructor(readonly heap: OwnHeap) {
    this.functions = bindKernels(heap).functions;
  }

  /** The same heap, as the kernels call it. */
  get backend(): OwnHeap {
    return this.heap;
  }
}
