/** The cells of an LSTM, channel by channel: at a position, or for a whole row. An invocation has the four gates of its channel, and both states. */
import type { Cell } from "../../lowering/index.ts";
import { each } from "./each.ts";
import type { Generator, PositionGenerator, RowProgram } from "./generation.ts";

export function positionCells(generator: PositionGenerator, cell: Cell): void {
  const { text, addresses, invocations } = generator;
  const { channels, target, operands, state } = cell;
  const [gates] = operands;
  text.add({
    // Every channel of the state is read by the invocation that writes it.
    reads: addresses.regions(gates, 4 * channels),
    writes: [...addresses.regions(state, channels), ...addresses.regions(target, channels)],
    code: each("f", { to: channels }, invocations, storeStates(generator, cell, "x")),
  });
}

export function rowCells(generator: Generator, cell: Cell): RowProgram {
  const { channels } = cell;
  return {
    items: generator.network.picture.width * channels,
    code: `let column = item / ${channels}u;
let f = item % ${channels}u;
${storeStates(generator, cell, "column")}`,
  };
}

function storeStates({ addresses }: Generator, cell: Cell, x: string): string {
  const { channels, target, operands, state, dy, dx } = cell;
  const [{ buffer, channel }] = operands;
  const [output, forget, input, candidate] = [0, 1, 2, 3].map((quarter) =>
    addresses.load({ buffer, channel: channel + quarter * channels }, "f", x),
  ) as [string, string, string, string];
  const before = addresses.load(state, "f", x, { dy, dx });
  return `let c = ${before} * sigmoidOf(${forget}) + tanhOf(${candidate}) * sigmoidOf(${input});
  ${addresses.store(state, "f", "c", x)}
  ${addresses.store(target, "f", `tanhOf(c) * sigmoidOf(${output})`, x)}`;
}
