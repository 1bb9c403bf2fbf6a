/** What an operation states of its nodes holds together: what they see, the way there, where they look, and their work. */
import { describe, expect, it } from "vitest";
import { stepTo } from "../../src/network/causality.ts";
import type { Network, NetworkNode } from "../../src/network/graph.ts";
import { rulesOf } from "../../src/network/operations.ts";
import { masksOf } from "../../src/network/parameters.ts";
import { seesOf, sourcesOf } from "../../src/network/sees.ts";
import { multiplyAdds } from "../../src/network/work.ts";
import type { PictureShape } from "../../src/picture.ts";
import { handBuilt } from "../support/hand-built.ts";

const picture: PictureShape = { height: 4, width: 5, channels: 3, levels: 2 };

/** Everything that could be seen of a picture. */
const offsets = Array.from({ length: 7 * 9 * 3 }, (_, i) => ({
  dy: Math.floor(i / 27) - 3,
  dx: (Math.floor(i / 3) % 9) - 4,
  channel: i % 3,
}));

describe.each(handBuilt(picture))("%s", (_, network) => {
  const sees = seesOf(network);

  it("a way leads to everything that a node sees, and to nothing else", () => {
    for (const node of network.nodes) {
      const sources = { sees: sourcesOf(node, sees), picture };
      sees.get(node.name)!.forEach((set, group) => {
        if (node.groups[group]![0] === node.groups[group]![1]) return;
        const wrong = offsets.filter((offset) => {
          const step = stepTo(node, group, offset, sees, picture);
          if (step === null) return isOwn(node, group, offset) !== set.has(offset);
          const from = step.input === null ? sees.get(node.name)! : sources.sees[step.input]!;
          return !from[step.group]!.has(step.offset) || !set.has(offset);
        });
        expect(wrong).toEqual([]);
      });
    }
  });

  it("every step of a way goes to a position that the node reads", () => {
    for (const node of network.nodes) {
      const reads = rulesOf(node).reads(node, picture);
      const own = (rulesOf(node).readsOwn?.(node) ?? []).map((read) => ({ ...read, input: null }));
      node.groups.forEach((_, group) => {
        for (const offset of offsets) {
          const step = stepTo(node, group, offset, sees, picture);
          if (step === null) continue;
          const [dy, dx] = [offset.dy - step.offset.dy, offset.dx - step.offset.dx];
          const { input, called } = step;
          // Of what attends, the last position of every row stands for those before it.
          const last =
            node.op === "attention"
              ? Math.max(
                  ...reads.filter((read) => read.input === input && read.dy === dy).map((read) => read.dx),
                )
              : dx;
          expect(dx).toBeLessThanOrEqual(last);
          expect([...reads, ...own]).toContainEqual(expect.objectContaining({ input, dy, dx: last, called }));
        }
      });
    }
  });

  it("its work is that of its weights, counted where they find a pixel", () => {
    expect(multiplyAdds(network)).toBe(network.nodes.reduce((sum, node) => sum + counted(network, node), 0));
  });
});

function isOwn(node: NetworkNode, group: number, { dy, dx, channel }: (typeof offsets)[number]): boolean {
  return node.op === "input" && dy === 0 && dx === 0 && channel === group;
}

/** Position by position, tap by tap, entry by entry of the mask; of attention, earlier position by earlier position. */
function counted(network: Network, node: NetworkNode): number {
  if (node.op === "attention") {
    const [queries, values] = [node.inputs[0], node.name].map(
      (name) => network.nodes.find((other) => other.name === name)!.groups.at(-1)![1],
    ) as [number, number];
    let pairs = 0;
    for (let p = 0; p < picture.height * picture.width; p++) for (let q = 0; q < p; q++) pairs++;
    return pairs * (queries + values);
  }
  if (node.op !== "convolution" && node.op !== "lstm") return 0;
  const source = network.nodes.find(({ name }) => name === node.inputs[0])!;
  const dilation = node.op === "convolution" ? node.dilation : 1;
  const entries = source.groups.at(-1)![1] * node.groups.at(-1)![1];
  const mask = masksOf(network).get(node.weight) ?? new Uint8Array(node.taps.length * entries).fill(1);
  let count = 0;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      node.taps.forEach(({ dy, dx }, tap) => {
        const [row, column] = [y + dy * dilation, x + dx * dilation];
        if (row < 0 || row >= picture.height || column < 0 || column >= picture.width) return;
        for (const bit of mask.subarray(tap * entries, (tap + 1) * entries)) count += bit;
      });
    }
  }
  return count;
}
