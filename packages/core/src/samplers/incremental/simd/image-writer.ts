import { roundUp } from "../../../lowering/index.ts";

/** Appends to an image; every address is a multiple of 16. */
export class ImageWriter {
  readonly #parts: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  #end = 0;

  reserve(bytes: number): number {
    const address = this.#end;
    this.#end = roundUp(address + bytes, 64);
    return address;
  }

  words(values: readonly number[]): number {
    return this.#append(new Uint8Array(Int32Array.from(values).buffer));
  }

  floats(values: Float32Array): number {
    return this.#append(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  bytes(): Uint8Array {
    const image = new Uint8Array(this.#end);
    for (const { address, bytes } of this.#parts) image.set(bytes, address);
    return image;
  }

  #append(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.#parts.push({ address, bytes });
    return address;
  }
}
