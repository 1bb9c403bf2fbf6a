/**
 * C structs as bytes: `size_t struct_size`, an extension pointer, then fields by C's rules of alignment (64-bit, little-endian, as on every
 * platform that plugins are built for).
 */
type FieldKind = "pointer" | "size" | "int32" | "int64" | "bool";

/** Fields after the two that every struct begins with, in order. */
export type Fields = Readonly<Record<string, FieldKind>>;

/** A field's value in JavaScript: pointers keep all 64 bits, sizes and counts are numbers. */
export type Values<F extends Fields> = {
  -readonly [Name in keyof F]: F[Name] extends "pointer" ? bigint : F[Name] extends "bool" ? boolean : number;
};

interface Place {
  readonly name: string;
  readonly kind: FieldKind;
  readonly offset: number;
}

/** Where a struct's fields lie. */
export interface Layout<F extends Fields> {
  readonly places: readonly Place[];
  /** Bytes up to the end of the last field, rounded up to 8. */
  readonly byteLength: number;
  readonly fields: F;
}

const widths: Record<FieldKind, number> = { pointer: 8, size: 8, int64: 8, int32: 4, bool: 1 };
const headBytes = 16;

/**
 * A plugin refuses a struct that is smaller than the one it was built with, and takes a larger one whose additional bytes are zero: so the same
 * bytes suit plugins older and newer than the header that was read.
 */
const spareBytes = 192;

export function layOut<F extends Fields>(fields: F): Layout<F> {
  let end = headBytes;
  const places = Object.entries(fields).map(([name, kind]) => {
    const width = widths[kind];
    const offset = Math.ceil(end / width) * width;
    end = offset + width;
    return { name, kind, offset };
  });
  return { places, byteLength: Math.ceil(end / 8) * 8, fields };
}

/** The struct's bytes with `values` in their places and 0 everywhere else. */
export function encodeStruct<F extends Fields>(
  layout: Layout<F>,
  values: Partial<Values<F>>,
  spare = spareBytes,
): Buffer {
  const bytes = Buffer.alloc(layout.byteLength + spare);
  bytes.writeBigUInt64LE(BigInt(bytes.length), 0);
  for (const { name, kind, offset } of layout.places) {
    const value = values[name];
    if (value === undefined) continue;
    if (kind === "int32") bytes.writeInt32LE(Number(value), offset);
    else if (kind === "bool") bytes.writeUInt8(value ? 1 : 0, offset);
    else bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)), offset);
  }
  return bytes;
}

/** The values that stand in a struct's bytes. */
export function decodeStruct<F extends Fields>(layout: Layout<F>, bytes: Buffer): Values<F> {
  const values: Record<string, bigint | number | boolean> = {};
  for (const { name, kind, offset } of layout.places) {
    if (kind === "pointer") values[name] = bytes.readBigUInt64LE(offset);
    else if (kind === "int32") values[name] = bytes.readInt32LE(offset);
    else if (kind === "bool") values[name] = bytes.readUInt8(offset) !== 0;
    else values[name] = Number(bytes.readBigInt64LE(offset));
  }
  return values as Values<F>;
}
