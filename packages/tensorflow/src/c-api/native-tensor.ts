import type { ElementType } from "@pixelcnn/core/computation";
import koffi from "koffi";
import { elementTypes, type HostArray } from "./element-type.ts";
import type { Address, Library } from "./library.ts";
import { wideIntegers } from "./lists.ts";

/** An array in TensorFlow's memory. Whoever made it disposes. */
export class NativeTensor {
  readonly #library: Library;

  /** Takes over what TensorFlow has made. */
  constructor(
    library: Library,
    readonly address: Address,
    readonly type: ElementType,
  ) {
    this.#library = library;
    library.tensors.add(address);
  }

  /** A copy of an array, row-major. */
  static of(library: Library, values: HostArray, shape: readonly number[], type: ElementType): NativeTensor {
    const dimensions = wideIntegers(shape);
    const { code } = elementTypes[type];
    const tensor = new NativeTensor(
      library,
      library.call("TF_AllocateTensor", code, koffi.address(dimensions), shape.length, values.byteLength),
      type,
    );
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    tensor.#bytes().set(bytes);
    return tensor;
  }

  /** A copy of its elements. */
  read(): HostArray {
    const bytes = this.#bytes().slice();
    return new elementTypes[this.type].Array(bytes.buffer);
  }

  /** Frees it. A second call does nothing. */
  dispose(): void {
    if (this.#library.tensors.delete(this.address)) this.#library.call("TF_DeleteTensor", this.address);
  }

  #bytes(): Uint8Array {
    const length = this.#library.call<number>("TF_TensorByteSize", this.address);
    if (length === 0) return new Uint8Array();
    return new Uint8Array(koffi.view(BigInt(this.#library.call("TF_TensorData", this.address)), length));
  }
}
