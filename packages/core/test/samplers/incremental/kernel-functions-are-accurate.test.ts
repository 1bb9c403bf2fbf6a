import { beforeAll, describe, expect, it } from "vitest";
import { elu, gate, glu } from "../../../src/arithmetic/activations.ts";
import { levelWeights } from "../../../src/arithmetic/level-weights.ts";
import {
  bindKernels,
  type KernelFunctions,
  type KernelVariant,
} from "../../../src/samplers/incremental/simd/kernels.ts";
import { type WasmMemory, webAssembly } from "../../../src/samplers/incremental/simd/web-assembly.ts";
import { expectClose } from "../../support/close.ts";
import "../../support/samplers.ts";

/** Inputs from -40 to 40, denser near 0, and far outside. */
const inputs = [
  ...Array.from({ length: 4000 }, (_, i) => ((i - 2000) / 2000) ** 3 * 40),
  ...[-1e30, -1000, -88, -87, 87, 88, 1000, 1e30, 0, -0],
].map(Math.fround);

/** An operand for one position: channels 4 bytes apart. kernels/operand.ts */
const operand = (origin: number) => [origin, 1, 0, 0, 4];
const [A, B, TARGET, INSTRUCTION, SCRATCH, BIAS] = [4096, 32_768, 61_440, 0, 256, 512];

describe.each<KernelVariant>(["simd", "relaxedSimd"])("%s", (variant) => {
  /** Equal to arithmetic/, bit for bit: multiply-adds that round once are not. */
  const isPinned = variant === "simd";
  let memory: WasmMemory;
  let kernels: KernelFunctions;
  beforeAll(async () => {
    memory = new webAssembly!.Memory({ initial: 2 });
    kernels = await bindKernels(variant, memory, ["layers"]);
  });

  function run(
    words: readonly number[],
    a: readonly number[],
    b: readonly number[] = [],
    count = a.length,
  ): Float32Array {
    new Int32Array(memory.buffer, INSTRUCTION).set(words);
    new Float32Array(memory.buffer, A).set(a);
    new Float32Array(memory.buffer, B).set(b);
    kernels.runStrips(INSTRUCTION, 1, 0, 0, 1, 0, 0, SCRATCH);
    return new Float32Array(memory.buffer, TARGET, count).slice();
  }

  it("tanh(a)·σ(b) to 5e-7", () => {
    const b = inputs.map((_, i) => inputs[(i * 1789) % inputs.length]!);
    const words = [1, inputs.length, ...operand(TARGET), ...operand(A), ...operand(B)];
    const values = run(words, inputs, b);
    if (isPinned) expect(values).toEqual(Float32Array.from(inputs, (x, i) => gate(x, b[i]!)));
    const exact = inputs.map((x, i) => Math.tanh(x) / (1 + Math.exp(-b[i]!)));
    expectClose(values, exact, 5e-7);
  });

  it("a·σ(b) to 5e-7 of a", () => {
    const b = inputs.map((_, i) => inputs[(i * 1789) % inputs.length]!);
    const words = [3, inputs.length, ...operand(TARGET), ...operand(A), ...operand(B)];
    const values = run(words, inputs, b);
    if (isPinned) expect(values).toEqual(Float32Array.from(inputs, (x, i) => glu(x, b[i]!)));
    const exact = inputs.map((x, i) => x / (1 + Math.exp(-b[i]!)));
    // Of 0, exactly 0.
    expectClose(values, exact, (_, i) => 5e-7 * Math.abs(inputs[i]!) || Number.MIN_VALUE);
  });

  it("elu of both signs to 5e-7, relu exactly", () => {
    for (const activation of [1, 2, 3]) {
      for (let first = 0; first + 8 <= inputs.length; first += 8) {
        const x = inputs.slice(first, first + 8);
        // A sum of nothing but one addend, whose operand stands behind the instruction.
        const sum = [0, 8, ...operand(TARGET), 0, BIAS, 0, 0, 0, 4 * 22, 1, activation];
        const words = [...sum, ...new Array(22 - sum.length).fill(0), ...operand(A)];
        // A concat-ELU's second half is that of the other sign.
        const values = run(words, x, [], activation === 3 ? 16 : 8);
        const signed = Float64Array.from(values, (_, i) => (i < 8 ? x[i]! + 0 : -(x[i - 8]! + 0)));
        if (isPinned && activation > 1) expect(values).toEqual(Float32Array.from(signed, elu));
        if (activation === 1) expect(values).toEqual(Float32Array.from(x, (value) => Math.max(0, value) + 0));
        else
          expectClose(
            values,
            signed.map((value) => (value > 0 ? value : Math.expm1(value))),
            5e-7,
          );
      }
    }
  });

  it.each([1, 0.3, 7])(
    "exp((l - max l) / T) to 1e-5 of itself, alone and among four (T = %f)",
    (temperature) => {
      const levels = 253;
      const logits = Float32Array.from({ length: 4 * levels }, (_, i) => 20 * Math.sin(i * i));
      new Float32Array(memory.buffer, A).set(logits); // [levels, 4]
      kernels.exponentialTiles(A, 0, 1, 16, levels, 1 / temperature, TARGET, 0);
      const four = new Float32Array(memory.buffer, TARGET, 4 * levels).slice();
      for (let lane = 0; lane < 4; lane++) {
        kernels.exponentialStrips(A + 4 * lane, 0, 1, 16, levels, 1 / temperature, B, 0);
        const own = Array.from({ length: levels }, (_, k) => logits[4 * k + lane]!);
        const most = Math.max(...own);
        const pinned = new Float32Array(levels);
        levelWeights(Float32Array.from(own), 0, levels, Math.fround(1 / temperature), pinned, 0);
        const weights = new Float32Array(memory.buffer, B, levels).slice();
        expect(weights).toEqual(four.filter((_, i) => i % 4 === lane));
        if (isPinned) expect(weights).toEqual(pinned);
        const exact = Float64Array.from(own, (logit) => Math.exp((logit - most) / temperature));
        const isNormal = (k: number) => exact[k]! > 1e-37;
        expectClose(
          weights.filter((_, k) => isNormal(k)),
          exact.filter((_, k) => isNormal(k)),
          (share) => 1e-5 * share,
        );
        expect(Math.min(...weights)).toBeGreaterThan(0);
      }
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "a logit %d leaves its picture no weight, and others theirs, wherever it stands",
    (strange) => {
      for (const levels of [3, 4, 6]) {
        for (let k = 0; k < levels; k++) {
          const logits = Float32Array.from({ length: 4 * levels }, (_, i) => i / 7);
          logits[4 * k + 2] = strange;
          new Float32Array(memory.buffer, A).set(logits); // [levels, 4]
          kernels.exponentialTiles(A, 0, 1, 16, levels, 1, TARGET, 0);
          new Float32Array(memory.buffer, TARGET, 4 * levels).forEach((weight, i) => {
            expect(Number.isNaN(weight)).toBe(i % 4 === 2);
          });
          for (let lane = 0; lane < 4; lane++) {
            kernels.exponentialStrips(A + 4 * lane, 0, 1, 16, levels, 1, B, 0);
            expect(new Float32Array(memory.buffer, B, levels).every(Number.isNaN)).toBe(lane === 2);
          }
        }
      }
    },
  );
});
