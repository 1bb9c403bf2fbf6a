/** The order in which a lowered network adds up, as text: the part of the pinned arithmetic that `lowering/` decides. */
import { type Operation, planOf, type Slot } from "../../src/lowering/index.ts";
import type { Network } from "../../src/network/graph.ts";

/** A line an operation; additions from left to right. A slot is `buffer.channel`, and `+n` so many channels or inputs of it. */
export function orderOfAdditions(network: Network): string {
  return planOf(network).operations.map(lineOf).join("\n");
}

function lineOf(operation: Operation): string {
  const { kind, sweep, step, target, channels } = operation;
  return `${kind} ${sweep === null ? "" : `${sweep.direction} `}${step}: ${text(target)}+${channels} = ${rightSide(operation)}`;
}

function rightSide(operation: Operation): string {
  if (operation.op === "cell") {
    const { operands, state, dy, dx } = operation;
    return `cell(${operands.map(text).join(", ")}, (${dy},${dx})${text(state)})`;
  }
  if (operation.op !== "sum") return `${operation.op}(${operation.operands.map(text).join(", ")})`;
  const { biases, windows, addends, activation } = operation;
  const terms = [
    ...biases.map(({ instruction, channel }) => `bias${instruction}.${channel}`),
    ...windows.map(({ convolution, tap, dy, dx, length, ...slot }) => {
      return `weight${convolution}[${tap}]·(${dy},${dx})${text(slot)}+${length}`;
    }),
    ...addends.map(text),
  ];
  return activation === "none" ? terms.join(" + ") : `${activation}(${terms.join(" + ")})`;
}

function text({ buffer, channel }: Slot): string {
  return `${buffer}.${channel}`;
}
