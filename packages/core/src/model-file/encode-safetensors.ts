/** Writes the safetensors container; safetensors.ts says what it is, and reads it. */
import { ModelFileError } from "./model-file-error.ts";
import { METADATA, type Safetensors } from "./safetensors.ts";

/**
 * The bytes of a safetensors file: tensors in the order of the map, aligned to 8 bytes.
 *
 * @throws {ModelFileError} when a tensor has the name that the container keeps for its metadata.
 */
export function encodeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header: [string, unknown][] = [[METADATA, metadata]];
  for (const [name, { shape, values }] of tensors) {
    if (name === METADATA) {
      throw new ModelFileError(`expected tensors of other names than "${METADATA}"; rename this one`);
    }
    const begin = end;
    end += values.length * 4;
    header.push([name, { dtype: "F32", shape, data_offsets: [begin, end] }]);
  }
  // Names are anything, "__proto__" too, so no name is ever assigned to.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = Math.ceil(json.length / 8) * 8; // tensors begin at a multiple of 8, the gap filled with blanks
  const bytes = new Uint8Array(8 + padded + end);
  bytes.fill(0x20, 8, 8 + padded);
  bytes.set(json, 8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  let at = 8 + padded;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}
