/**
 * What an LSTM cell sees: what its gates are told at the position, and at its taps and its cell itself. A tap is at an earlier position of the picture, so it may
 * feed every channel group; the cell state goes on channel by channel.
 */
import { channelCount, type LstmNode, type NetworkNode, type Tap } from "../graph.ts";
import { rangeSize, scaleGroups } from "../groups.ts";
import { type NodeOf, type OperationRules, type OwnRead, refuse, type StoredArray } from "../operation.ts";
import { allowedWeights, checkTaps, MAX_REACH } from "./tapped.ts";
import { inPlace } from "./through-reads.ts";

export const lstm: OperationRules<NodeOf<"lstm">> = {
  inputs: 1,
  groups: ([input]) => scaleGroups(input!.groups, 1 / 4),
  stores(node, [source]) {
    const channels = channelCount(node);
    const allowed = () => allowedWeights(node, source!);
    const shape = [node.taps.length, channels, 4 * channels];
    return [{ name: node.weight, shape, trainable: true, role: "weight", allowed } satisfies StoredArray];
  },
  check,
  ...inPlace,
  readsOwn: ({ taps, cell }) => [
    ...taps.map(
      ({ dy, dx, pairs }): OwnRead => ({
        dy,
        dx,
        called: `own tap (${dy}, ${dx})`,
        groups: (group) => pairs.filter(([output]) => output === group).map(([, input]) => input),
      }),
    ),
    { ...cell, called: `cell (${cell.dy}, ${cell.dx})`, groups: (group) => [group] },
  ],
  /** Weights that a mask allows, at positions where the tap lies inside the picture: of four gates. */
  work({ taps, groups }, _, { height, width }) {
    let count = 0;
    for (const { dy, dx, pairs } of taps) {
      const positions = Math.max(0, height - Math.abs(dy)) * Math.max(0, width - Math.abs(dx));
      for (const [output, input] of pairs) {
        count += positions * rangeSize(groups[input]!) * 4 * rangeSize(groups[output]!);
      }
    }
    return count;
  },
};

function check(
  node: LstmNode,
  [input]: readonly NetworkNode[],
  { picture }: { readonly picture: { readonly channels: number } },
): void {
  if (input!.groups.some((range) => rangeSize(range) % 4 !== 0)) {
    refuse(
      node,
      "four gates of equal width in every group, channels that divide by 4",
      JSON.stringify(input!.groups),
    );
  }
  checkTaps(node, 1, picture.channels);
  const reads: readonly Place[] = [...node.taps, node.cell];
  if (Math.max(Math.abs(node.cell.dy), Math.abs(node.cell.dx)) > MAX_REACH) {
    refuse(node, `a cell at whole offsets of at most ${MAX_REACH}`, `(${node.cell.dy}, ${node.cell.dx})`);
  }
  for (const { dy, dx } of reads) {
    if (!isEarlier({ dy, dx })) {
      refuse(node, "taps on itself and a cell in rows above or beside the position", `(${dy}, ${dx})`);
    }
  }
  const sides = new Set(reads.filter(({ dy }) => dy === 0).map(({ dx }) => Math.sign(dx)));
  if (sides.size > 1) {
    refuse(node, "taps on itself and a cell on one side of the row", "both sides");
  }
}

type Place = Pick<Tap, "dy" | "dx">;

function isEarlier({ dy, dx }: Place): boolean {
  return Number.isInteger(dy) && Number.isInteger(dx) && (dy < 0 || (dy === 0 && dx !== 0));
}
