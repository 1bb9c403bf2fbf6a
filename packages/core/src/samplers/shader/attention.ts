/**
 * Attention at one position. Positions before it are taken in chunks whose scores fit into the staging memory, of all heads together:
 *
 *     scores       staged[q, head] = query·key / √D          an invocation a score
 *     largest      of each head, and by how much sums so far must shrink
 *     weights      e^(score − largest)
 *     values       every invocation adds up its own channels, sums of all chunks in its registers
 *
 * So the first of two passes never looks at all positions, and what is drawn is what two passes would draw but for ties.
 */
import type { Attention } from "../../lowering/index.ts";
import type { PositionGenerator } from "./generation.ts";
import type { Ring } from "./memory.ts";
import { ShaderError } from "./shader-error.ts";

/** Floats of workgroup memory a head besides its scores: its largest score, and a factor. */
const FLOATS_PER_HEAD = 2;

/** Floats of workgroup memory that take so many positions at once. */
export function floatsOfAttention({ heads }: Attention, positions: number): number {
  return heads * (FLOATS_PER_HEAD + positions);
}

export function attend(generator: PositionGenerator, operation: Attention): void {
  const { text, addresses, plan, network, invocations, stagedFloats } = generator;
  const { heads, keySize, valueSize, channels, target, operands } = operation;
  const [queries, keys, values] = operands;
  const { width } = network.picture;
  const chunk = Math.floor(stagedFloats / heads) - FLOATS_PER_HEAD;
  if (chunk < 1) {
    throw new ShaderError(
      "limits",
      `expected at most ${Math.floor(stagedFloats / (FLOATS_PER_HEAD + 1))} heads of attention in a channel group, got ${heads}; ` +
        "draw with the incremental sampler",
    );
  }
  /** A channel of a slot at position `at`. */
  const kept = ({ buffer, channel }: typeof keys, f: string) => {
    const ring = generator.memory.allocations[buffer] as Ring;
    return `activations[${addresses.ringIndex(ring, channel, `(at / ${width}u)`, `(at % ${width}u)`)} + ${f}]`;
  };
  const scores = `${FLOATS_PER_HEAD * heads}u`;
  const everyScore = `for (var i = lane; i < count * ${heads}u; i += ${invocations}u)`;
  const everyHead = `for (var head = lane; head < ${heads}u; head += ${invocations}u)`;
  const blocks = Array.from({ length: Math.ceil(channels / invocations) }, (_, block) => block);
  const own = (block: number, code: string) => `{
    let f = lane + ${block * invocations}u;
    if (f < ${channels}u) { ${code} }
  }`;
  text.add({
    reads: [
      ...addresses.regions(queries, heads * keySize),
      ...addresses.regions(keys, plan.buffers[keys.buffer]!.channels),
      ...addresses.regions(values, plan.buffers[values.buffer]!.channels),
    ],
    writes: [
      { space: "staged", start: 0, end: (FLOATS_PER_HEAD + chunk) * heads },
      ...addresses.regions(target, channels),
    ],
    code: `${blocks.map((block) => `var sum${block} = 0.0;\nvar total${block} = 0.0;`).join("\n")}
${everyHead} { staged[head] = -0x1.fffffep127; }
for (var first = 0u; first < position; first += ${chunk}u) {
  let count = min(${chunk}u, position - first);
  ${everyScore} {
    let head = i % ${heads}u;
    let at = first + i / ${heads}u;
    var product = 0.0;
    for (var k = head * ${keySize}u; k < (head + 1u) * ${keySize}u; k++) {
      product += ${addresses.load(queries, "k")} * ${kept(keys, "k")};
    }
    staged[${scores} + i] = product * ${decimal(1 / Math.sqrt(keySize))};
  }
  workgroupBarrier();
  ${everyHead} {
    let before = staged[head];
    var most = before;
    for (var q = 0u; q < count; q++) { most = atLeast(staged[${scores} + q * ${heads}u + head], most); }
    staged[head] = most;
    staged[${heads}u + head] = exp(atLeast(-80.0, before - most));
  }
  workgroupBarrier();
  ${everyScore} {
    staged[${scores} + i] = exp(atLeast(-80.0, staged[${scores} + i] - staged[i % ${heads}u]));
  }
  workgroupBarrier();
  ${blocks
    .map((block) =>
      own(
        block,
        `let head = f / ${valueSize}u;
      var sum = sum${block} * staged[${heads}u + head];
      var total = total${block} * staged[${heads}u + head];
      for (var q = 0u; q < count; q++) {
        let at = first + q;
        let weight = staged[${scores} + q * ${heads}u + head];
        sum += weight * ${kept(values, "f")};
        total += weight;
      }
      sum${block} = sum;
      total${block} = total;`,
      ),
    )
    .join("\n  ")}
  workgroupBarrier();
}
${blocks
  .map((block) =>
    own(block, addresses.store(target, "f", `select(sum${block} / total${block}, 0.0, position == 0u)`)),
  )
  .join("\n")}`,
  });
}

/** As WGSL wants it: a number with a point. */
function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
