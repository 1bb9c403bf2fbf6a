/**
 * `xla.CompileOptionsProto`, the few fields of it that a program can need, in Protocol Buffers' wire format. Source: xla/pjrt/proto/compile_options.proto.
 */

/** How a program is compiled. */
export interface CompileOptions {
  /** On how many devices the whole program runs at once, each with arguments of its own. One unless said. */
  readonly replicas?: number;
  /** XLA's debug options by name, `xla_cpu_enable_fast_math` for one. A plugin refuses what it does not know. */
  readonly overrides?: Readonly<Record<string, string | number | boolean>>;
}

/** The options as the bytes of `CompileOptionsProto`. */
export function encodeCompileOptions({ replicas = 1, overrides = {} }: CompileOptions): Buffer {
  const build = Buffer.concat([
    varintField(1, -1n), // device_ordinal: any
    varintField(4, BigInt(replicas)), // num_replicas
    varintField(5, 1n), // num_partitions
  ]);
  const entries = Object.entries(overrides).map(([name, value]) =>
    bytesField(7, Buffer.concat([bytesField(1, Buffer.from(name)), bytesField(2, overrideValue(value))])),
  );
  return Buffer.concat([bytesField(3, build), ...entries]);
}

/** `OptionOverrideProto`: string = 1, bool = 2, int64 = 3, double = 4. */
function overrideValue(value: string | number | boolean): Buffer {
  if (typeof value === "string") return bytesField(1, Buffer.from(value));
  if (typeof value === "boolean") return varintField(2, value ? 1n : 0n);
  if (Number.isInteger(value)) return varintField(3, BigInt(value));
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8((4 << 3) | 1, 0);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function varintField(field: number, value: bigint): Buffer {
  return Buffer.concat([varint(BigInt(field << 3)), varint(BigInt.asUintN(64, value))]);
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(BigInt((field << 3) | 2)), varint(BigInt(bytes.length)), bytes]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
