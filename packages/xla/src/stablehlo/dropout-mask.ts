/**
 * Dropout masks from addressed noise, bit-equal to core's: Philox4x32-10 of (picture, element, dropout + 256·node, step) under the seed, in u32; products of
 * 64 bits give the high words. Salmon et al. 2011, section 3.3.
 */
import { Purpose } from "@pixelcnn/core";
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import type { ModuleWriter, Operand } from "./module-writer.ts";

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

export function writeDropoutMask(
  write: ModuleWriter,
  { node, rate, shape }: PrimitiveOf<"dropoutMask">,
  [seed, pictures, step]: readonly [Operand, Operand, Operand],
): Operand {
  const batch = shape[0]!;
  const elements = shape.slice(1).reduce((product, length) => product * length, 1);
  const flat = [batch, elements];
  const everywhere = (value: number): Operand => write.constant(value, flat, "u32");
  const spread = (vector: Operand, index: number): Operand =>
    write.broadcast(write.reshape(write.cut(vector, 0, index, index + 1), []), flat, []);

  let counter: readonly [Operand, Operand, Operand, Operand] = [
    write.broadcast(pictures, flat, [0]),
    write.iota(flat, 1, "u32"),
    everywhere(Purpose.dropout + 256 * node),
    spread(step, 0),
  ];
  let key = [spread(seed, 0), spread(seed, 1)] as const;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = wideProduct(write, counter[0], MULTIPLIERS[0]);
    const [high1, low1] = wideProduct(write, counter[2], MULTIPLIERS[1]);
    counter = [
      write.elementwise("xor", write.elementwise("xor", high1, counter[1]), key[0]),
      low1,
      write.elementwise("xor", write.elementwise("xor", high0, counter[3]), key[1]),
      low0,
    ];
    key = [
      write.elementwise("add", key[0], everywhere(WEYL[0])),
      write.elementwise("add", key[1], everywhere(WEYL[1])),
    ];
  }
  // u < rate, with u = (word >>> 8)·2⁻²⁴, is a comparison of integers.
  const word = write.elementwise("shift_right_logical", counter[0], everywhere(8));
  const dropped = write.compare("LT", word, everywhere(Math.ceil(rate * 2 ** 24)));
  const kept = write.constant(1 / (1 - rate), flat);
  return write.reshape(write.select(dropped, write.constant(0, flat), kept), shape);
}

/** The high and the low word of a 64-bit product. */
function wideProduct(write: ModuleWriter, x: Operand, factor: number): [high: Operand, low: Operand] {
  const wide = write.elementwise("multiply", write.convert(x, "u64"), write.constant(factor, x.shape, "u64"));
  const high = write.elementwise("shift_right_logical", wide, write.constant(32, x.shape, "u64"));
  return [write.convert(high, "u32"), write.convert(wide, "u32")];
}
