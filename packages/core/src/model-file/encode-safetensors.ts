/** Writes the safetensors container; safetensors.ts says what it is, and reads it. */
import { setFloat16 } from "@petamoriken/float16";
import { excerpt } from "../printable.ts";
import { ModelFileError } from "./model-file-error.ts";
import { METADATA, type Safetensors, type StoredType, storedBytes } from "./safetensors.ts";

/** The largest float16. */
const MAX_FLOAT16 = 65_504;

/**
 * The bytes of a safetensors file: tensors in the order of the map, the first at a multiple of 8 bytes. What is stored as float16 is rounded to the nearest.
 *
 * @throws {ModelFileError} when a tensor has the name that the container keeps for its metadata, or a number has no float16.
 */
export function encodeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header: [string, unknown][] = [[METADATA, metadata]];
  for (const [name, { stored = "F32", shape, values }] of tensors) {
    if (name === METADATA) {
      throw new ModelFileError(`expected tensors of other names than "${METADATA}"; rename this one`);
    }
    if (stored === "F16") checkFloat16(name, values);
    const begin = end;
    end += values.length * storedBytes[stored];
    header.push([name, { dtype: stored, shape, data_offsets: [begin, end] }]);
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
  for (const { stored = "F32", values } of tensors.values()) {
    for (const value of values) {
      write[stored](view, at, value);
      at += storedBytes[stored];
    }
  }
  return bytes;
}

const write: Readonly<Record<StoredType, (view: DataView, at: number, value: number) => void>> = {
  F32: (view, at, value) => view.setFloat32(at, value, true),
  F16: (view, at, value) => setFloat16(view, at, value, true),
};

function checkFloat16(name: string, values: Float32Array): void {
  const large = values.find((value) => !(Math.abs(value) <= MAX_FLOAT16));
  if (large === undefined) return;
  throw new ModelFileError(
    `tensor "${excerpt(name)}": expected numbers of at most ${MAX_FLOAT16} for float16, got ${large}; store it as float32`,
  );
}
