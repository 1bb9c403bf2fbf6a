/** Options of a client as a list of `PJRT_NamedValue`. */
import { namedValueFields } from "./c-api/arguments.ts";
import { addressOf } from "./c-api/memory.ts";
import { encodeStruct, layOut } from "./c-api/struct.ts";

/** What a plugin can be told when it starts, by its own names: `{ memory_fraction: 0.5 }` for CUDA's. Whole numbers go as integers. */
export type ClientOptions = Readonly<Record<string, string | number | boolean>>;

/** A list in native form, with every array that has to outlive the call. */
export interface NamedValues {
  readonly list: Buffer;
  readonly count: number;
  readonly held: readonly unknown[];
}

const layout = layOut(namedValueFields);
const kinds = { string: 0, int64: 1, float: 3, bool: 4 };

export function encodeNamedValues(options: ClientOptions): NamedValues {
  const held: Buffer[] = [];
  const hold = (bytes: Buffer): bigint => {
    held.push(bytes);
    return addressOf(bytes);
  };
  const elements = Object.entries(options).map(([name, value]) => {
    const nameBytes = Buffer.from(name);
    const common = { name: hold(nameBytes), nameSize: nameBytes.length };
    if (typeof value === "string") {
      const text = Buffer.from(value);
      return encodeStruct(
        layout,
        { ...common, type: kinds.string, value: hold(text), valueSize: text.length },
        0,
      );
    }
    const { type, bits } = scalarBits(value);
    return encodeStruct(layout, { ...common, type, value: bits, valueSize: 1 }, 0);
  });
  return { list: Buffer.concat(elements), count: elements.length, held };
}

/** A scalar as the eight bytes of the struct's union. */
function scalarBits(value: number | boolean): { type: number; bits: bigint } {
  if (typeof value === "boolean") return { type: kinds.bool, bits: value ? 1n : 0n };
  if (Number.isInteger(value)) return { type: kinds.int64, bits: BigInt.asUintN(64, BigInt(value)) };
  const bytes = Buffer.alloc(8);
  bytes.writeFloatLE(value, 0);
  return { type: kinds.float, bits: bytes.readBigUInt64LE(0) };
}
