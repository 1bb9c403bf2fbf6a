/** Gates and batch norms, which compute channel by channel: at a position, or for a whole row. */
import type { Affine, Gate } from "../../lowering/index.ts";
import { each } from "./each.ts";
import type { Generator, PositionGenerator, RowProgram } from "./generation.ts";

export function pointwise(generator: PositionGenerator, operation: Gate | Affine): void {
  const { text, addresses, invocations } = generator;
  const { channels, target, operands } = operation;
  text.add({
    reads: operands.flatMap((slot) => addresses.regions(slot, channels)),
    writes: addresses.regions(target, channels),
    code: each("f", { to: channels }, invocations, storeValue(generator, operation, "x")),
  });
}

export function rowPointwise(generator: Generator, operation: Gate | Affine): RowProgram {
  const { channels } = operation;
  return {
    items: generator.network.picture.width * channels,
    code: `let column = item / ${channels}u;
let f = item % ${channels}u;
${storeValue(generator, operation, "column")}`,
  };
}

function storeValue({ addresses }: Generator, operation: Gate | Affine, x: string): string {
  const [a, b, c] = operation.operands.map((slot) => addresses.load(slot, "f", x));
  const values = {
    gate: `tanhOf(${a}) * sigmoidOf(${b})`,
    glu: `${a} * sigmoidOf(${b})`,
    affine: `${a} * ${b} + ${c}`,
  };
  return addresses.store(operation.target, "f", values[operation.op], x);
}
