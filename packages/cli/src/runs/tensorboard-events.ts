/**
 * The curves of a run as an event file of TensorBoard: records of one scalar each.
 *
 *     u64 length | u32 checksum of the length | the message | u32 checksum of the message          little endian
 *     checksum = rotate(CRC-32C, 15) + 0xa282ead8
 *     Event   1: double wall_time   2: int64 step   3: string file_version   5: Summary
 *     Summary 1: Value { 1: string tag   2: float simple_value }                                   protocol buffers
 *
 * tensorflow/core/lib/io/record_writer.cc, tensorboard/compat/proto/{event,summary}.proto. Only scalars are written; the packages that write
 * more bring TensorFlow with them.
 */
import type { RunHistory } from "@pixelcnn/runs/history";

interface Scalar {
  readonly step: number;
  readonly tag: string;
  readonly value: number;
}

/**
 * @param startMs since 1970, of the first record.
 * @param endMs of the last one; records between have none of their own, and are spread evenly over their steps.
 */
export function tensorboardEvents(history: RunHistory, startMs: number, endMs: number): Uint8Array {
  const scalars = scalarsOf(history);
  const lastStep = Math.max(1, ...scalars.slice(-1).map(({ step }) => step));
  const secondsAt = (step: number) => (startMs + ((endMs - startMs) * step) / lastStep) / 1000;
  return Buffer.concat([
    recordOf([double(1, secondsAt(0)), text(3, "brain.Event:2")]),
    ...scalars.map(({ step, tag, value }) =>
      recordOf([
        double(1, secondsAt(step)),
        number(2, step),
        message(5, [message(1, [text(1, tag), float(2, value)])]),
      ]),
    ),
  ]);
}

/** In the order of steps. What was no number is left out. */
function scalarsOf({ steps, evaluations }: RunHistory): Scalar[] {
  const of = (step: number, values: Record<string, number | null>) =>
    Object.entries(values).flatMap(([tag, value]) => (value === null ? [] : [{ step, tag, value }]));
  return [
    ...steps.flatMap(({ step, nats, learningRate, gradientNorm, imagesPerSecond }) =>
      of(step, {
        ...{ "step/nats": nats, "step/learning_rate": learningRate, "step/gradient_norm": gradientNorm },
        "step/images_per_second": imagesPerSecond,
      }),
    ),
    ...evaluations.flatMap(({ step, trainNats, validation, test }) =>
      of(step, {
        ...{ "train/nats": trainNats, "validation/nats": validation.nats, "test/nats": test.nats },
        ...{ "validation/bits_per_dim": validation.bitsPerDim, "test/bits_per_dim": test.bitsPerDim },
      }),
    ),
  ].sort((a, b) => a.step - b.step);
}

function recordOf(fields: readonly Uint8Array[]): Uint8Array {
  const data = Buffer.concat(fields);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

// Fields of protocol buffers: number·8 + kind, then the value.

function double(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(8 * field + 1), bytes]);
}

function float(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(8 * field + 5), bytes]);
}

function number(field: number, value: number): Uint8Array {
  return Buffer.concat([varint(8 * field), varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return message(field, [Buffer.from(value)]);
}

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const data = Buffer.concat(parts);
  return Buffer.concat([varint(8 * field + 2), varint(data.length), data]);
}

/** Seven bits a byte, the lowest first; natural numbers to 2⁵³. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}

function checksum(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return bytes;
}

/** Castagnoli's polynomial, reversed. */
const POLYNOMIAL = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  return crc;
});

function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
