/** The kernel that draws from mixtures, four pictures at a time, against the likelihood itself: the same levels, whatever the logits. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { leastLogScale, logisticMixture } from "../../../src/likelihoods/logistic-mixture.ts";
import {
  bindKernels,
  type KernelFunctions,
  type KernelVariant,
} from "../../../src/samplers/incremental/simd/kernels.ts";
import { type WasmMemory, webAssembly } from "../../../src/samplers/incremental/simd/web-assembly.ts";
import "../../support/samplers.ts";

const [LOGITS, WORDS, SCRATCH] = [0, 16_384, 32_768];
/** Logits that a value reads, in numbers a component. */
const BLOCKS = [3, 6, 10] as const;

const logit = fc.oneof(
  { weight: 12, arbitrary: fc.float({ min: -8, max: 8, noNaN: true }) },
  { weight: 2, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true }) },
  fc.constantFrom(0, -0, 1e-30, -1e-30, Math.fround(-3e38), Math.fround(3e38)),
);
/** Values of a block of four pictures. */
interface Block {
  readonly components: number;
  readonly channel: number;
  readonly levels: number;
  readonly temperature: number;
  readonly logits: readonly (readonly number[])[];
  /** Two a picture. */
  readonly earlier: readonly number[];
  readonly u: readonly number[];
}

const blocks: fc.Arbitrary<Block> = fc
  .record({
    components: fc.constantFrom<number[]>(1, 2, 3, 10),
    channel: fc.constantFrom<number[]>(0, 1, 2),
    levels: fc.constantFrom<number[]>(2, 3, 16, 256, 4096, 65_536),
    temperature: fc.constantFrom<number[]>(1, 0.6, 3, 1e-30, 1e30),
  })
  .chain((setting) => {
    const length = BLOCKS[setting.channel]! * setting.components;
    const own = fc.array(logit, { minLength: length, maxLength: length });
    const tick = fc.nat(2 ** 24 - 1).map((word) => word / 2 ** 24);
    return fc
      .tuple(
        fc.array(own, { minLength: 4, maxLength: 4 }),
        fc.array(fc.nat(setting.levels - 1), { minLength: 8, maxLength: 8 }),
        fc.array(tick, { minLength: 4, maxLength: 4 }),
      )
      .map(([logits, earlier, u]) => ({ ...setting, logits, earlier, u }));
  });

describe.each<KernelVariant>(["simd", "relaxedSimd"])("%s", (variant) => {
  let memory: WasmMemory;
  let kernels: KernelFunctions;
  beforeAll(async () => {
    memory = new webAssembly!.Memory({ initial: 1 });
    kernels = await bindKernels(variant, memory, ["mixtures"]);
  });

  /** Draws of a block of four pictures. */
  function draw({ components, channel, levels, temperature, logits, earlier, u }: Block) {
    const floats = new Float32Array(memory.buffer, LOGITS);
    const words = new Float64Array(memory.buffer, WORDS, 16);
    logits.forEach((own, picture) => {
      own.forEach((value, i) => {
        floats[4 * i + picture] = value;
      });
      const at = 8 * (picture >> 1) + (picture & 1);
      words[at] = u[picture]!;
      for (let j = 0; j < channel; j++) words[at + 2 + 2 * j] = earlier[2 * picture + j]!;
    });
    const least = leastLogScale(levels);
    kernels.drawMixtures(
      ...[LOGITS, 0, 1, 4, 8, 16, components, channel, levels - 1, least, temperature, WORDS, SCRATCH],
    );
    return [words[6], words[7], words[14], words[15]];
  }

  it("draws the likelihood's levels", () => {
    const seen = new Set<number | undefined>();
    fc.assert(
      fc.property(blocks, (block) => {
        const { components, channel, levels, temperature, logits, earlier, u } = block;
        const expected = logits.map((own, picture) =>
          logisticMixture(components).draw(
            {
              logits: Float32Array.from(own),
              offset: 0,
              levels,
              earlier: earlier.slice(2 * picture, 2 * picture + channel),
            },
            temperature,
            u[picture]!,
          ),
        );
        expect(draw(block)).toEqual(expected);
        for (const level of expected) seen.add(level);
      }),
      { numRuns: 4000 },
    );
    expect(seen.size).toBeGreaterThan(500);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "answers a logit %d with no level, wherever it stands, and others with theirs",
    (strange) => {
      for (const channel of [0, 1, 2]) {
        const length = 2 * BLOCKS[channel]!;
        const block = {
          components: 2,
          channel,
          levels: 256,
          temperature: 1,
          logits: Array.from({ length: 4 }, () => Array.from({ length }, (_, i) => Math.sin(i))),
          earlier: [3, 250, 0, 255, 17, 16, 200, 100],
          u: [0.1, 0.4, 0.6, 0.9],
        };
        const sound = draw(block);
        expect(Math.min(...(sound as number[]))).toBeGreaterThanOrEqual(0);
        for (let i = 0; i < length; i++) {
          const logits = block.logits.map((own, picture) =>
            picture === 2 ? own.map((value, k) => (k === i ? strange : value)) : own,
          );
          expect(draw({ ...block, logits })).toEqual(sound.map((level, b) => (b === 2 ? -1 : level)));
        }
      }
    },
  );
});
