/** What stands around the generated statements: bindings, functions and entry points. */
import type { Sweep } from "../../lowering/index.ts";
import { ACTIVATION_FUNCTIONS } from "./activation.ts";
import { BarrierPlan } from "./barriers.ts";
import { DRAW_FUNCTIONS } from "./draw-value.ts";
import type { RowProgram } from "./generation.ts";
import { NOISE_FUNCTIONS } from "./noise.ts";
import { fillHoles, type OperationText } from "./operation-text.ts";
import type { Packer } from "./pack-weights.ts";
import { roll, type Stretch } from "./roll.ts";

/** Invocations of a workgroup of a row program. */
export const ROW_INVOCATIONS = 64;

/** Buffers of all programs, in the order of their bindings. */
export const BINDINGS = [
  "uniform",
  "read-only-storage",
  "read-only-storage",
  "read-only-storage",
  "storage",
  "storage",
  "read-only-storage",
  "storage",
] as const;

const DECLARATIONS = `struct Draw {
  seedLow: u32,
  seedHigh: u32,
  firstIndex: u32,
  count: u32,
  temperature: f32,
  wantsLogProbabilities: u32,
  start: u32,
  end: u32,
}
@group(0) @binding(0) var<uniform> draw: Draw;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> constants: array<f32>;
@group(0) @binding(3) var<storage, read> tables: array<u32>;
@group(0) @binding(4) var<storage, read_write> activations: array<f32>;
// [H, count, W·C]: a level, known beforehand or drawn, and flags (draw-value.ts).
@group(0) @binding(5) var<storage, read_write> pixels: array<u32>;
@group(0) @binding(6) var<storage, read> labels: array<u32>;
@group(0) @binding(7) var<storage, read_write> logProbabilities: array<f32>;

${ACTIVATION_FUNCTIONS}`;

/** What all programs of a model have in common. */
interface ProgramSetting {
  readonly pictureFloats: number;
  /** Positions of a row, W. */
  readonly rowPositions: number;
}

/** Dispatched over (workgroups, pictures); `draw.start` is the row's first position. */
export function rowProgramText(
  setting: ProgramSetting,
  { items, code, text: { numbers } }: RowProgram & { readonly text: OperationText },
): string {
  return `${DECLARATIONS}
${numbersText(numbers.length)}
@compute @workgroup_size(${ROW_INVOCATIONS})
fn main(@builtin(global_invocation_id) invocation: vec3u) {
  let item = invocation.x;
  if (item >= ${items}u) { return; }
  let picture = invocation.y;
  let origin = picture * ${setting.pictureFloats}u;
  let label = labels[picture];
  let y = draw.start / ${setting.rowPositions}u;
${fillHoles(code, numberText)}
}
`;
}

/** A uniform with what a text is to fill in. */
function numbersText(count: number): string {
  return `@group(1) @binding(0) var<uniform> numbers: array<vec4u, ${Math.max(1, Math.ceil(count / 4))}>;`;
}

function numberText(index: number): string {
  return `numbers[${index >> 2}].${"xyzw"[index & 3]}`;
}

interface WorkgroupSetting extends ProgramSetting {
  readonly invocations: number;
  readonly stagedFloats: number;
  readonly registerFloats: number;
}

/** What the invocations of a workgroup share. */
function workgroupText({ invocations, stagedFloats, registerFloats }: WorkgroupSetting): string {
  return `var<workgroup> staged: array<f32, ${stagedFloats}>;
var<workgroup> partial: array<vec4f, ${invocations}>;
var<workgroup> registers: array<f32, ${Math.max(1, registerFloats)}>;`;
}

/**
 * A walk along a row, position after position, dispatched over (1, pictures); `draw.start` is the row's first position. Holes are numbers of all operations,
 * one after the other's.
 */
export function sweepProgramText(
  setting: WorkgroupSetting,
  { direction }: Sweep,
  operations: readonly OperationText[],
): string {
  const { invocations, rowPositions } = setting;
  const plan = new BarrierPlan();
  let count = 0;
  const body = operations.map((operation) => {
    const first = count;
    count += operation.numbers.length;
    return `{\n${fillHoles(plan.place(operation), (hole) => numberText(first + hole))}\n}`;
  });
  const x = direction === "rightwards" ? "step" : `${rowPositions - 1}u - step`;
  return `${DECLARATIONS}
${numbersText(count)}
${workgroupText(setting)}
@compute @workgroup_size(${invocations})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let picture = workgroup.y;
  let origin = picture * ${setting.pictureFloats}u;
  let label = labels[picture];
  let y = draw.start / ${rowPositions}u;
  for (var step = 0u; step < ${rowPositions}u; step++) {
    let x = ${x};
${body.join("\n")}
    storageBarrier();
    workgroupBarrier();
  }
}
`;
}

interface PositionSetting extends WorkgroupSetting {
  /** In the order in which they run. */
  readonly operations: readonly OperationText[];
  readonly packer: Packer;
}

/** The program that draws positions, dispatched over (1, pictures). */
export function positionProgramText(setting: PositionSetting): string {
  const { operations, packer, invocations, rowPositions } = setting;
  const plan = new BarrierPlan();
  const texts = operations.map((operation) => plan.place(operation));
  const body = roll(texts).map((stretch) => stretchText(stretch, texts, operations, packer));
  return `${DECLARATIONS}${NOISE_FUNCTIONS}
${workgroupText(setting)}
${DRAW_FUNCTIONS}
@compute @workgroup_size(${invocations})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let picture = workgroup.y;
  let origin = picture * ${setting.pictureFloats}u;
  let label = labels[picture];
  for (var position = draw.start; position < draw.end; position++) {
    let y = position / ${rowPositions}u;
    let x = position % ${rowPositions}u;
${body.join("\n")}
    storageBarrier();
    workgroupBarrier();
  }
}
`;
}

/** A stretch of operations, as a loop where it repeats. */
function stretchText(
  { start, period, repeats }: Stretch,
  texts: readonly string[],
  operations: readonly OperationText[],
  packer: Packer,
): string {
  const codes = Array.from({ length: period }, (_, p) => {
    const numbersOf = (repeat: number) => operations[start + repeat * period + p]!.numbers;
    const filled = fillHoles(texts[start + p]!, (hole) =>
      numberOf(
        Array.from({ length: repeats }, (_, repeat) => numbersOf(repeat)[hole]!),
        packer,
      ),
    );
    return `{\n${filled}\n}`;
  });
  if (repeats === 1) return codes.join("\n");
  return `for (var repeat = 0u; repeat < ${repeats}u; repeat++) {\n${codes.join("\n")}\n}`;
}

/** A number that may depend on the repetition: by a formula where it grows evenly, else from a table. */
function numberOf(values: readonly number[], packer: Packer): string {
  const [first, second = first] = values as [number, number?];
  const growth = second - first;
  if (values.some((value, i) => value !== first + i * growth) || growth < 0) {
    return `tables[${packer.table(values)}u + repeat]`;
  }
  return growth === 0 ? `${first}u` : `(${first}u + repeat * ${growth}u)`;
}

/** Equal texts once, and which of them each one was. */
export function distinct(texts: readonly string[]): {
  readonly values: string[];
  readonly indices: number[];
} {
  const values = [...new Set(texts)];
  return { values, indices: texts.map((text) => values.indexOf(text)) };
}
