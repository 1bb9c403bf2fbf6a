/**
 * Causality, proved from the graph. An autoregressive model factorises p(x) = Π p(x_i | x_<i) in raster order, at one
 * pixel R before G before B, so the logits of channel c may depend on
 *
 *     earlier pixels in raster order:  dy < 0, or dy = 0 and dx < 0
 *     the same pixel:                  channels before c
 *
 * and on nothing else. "Layer one uses mask A, the others mask B" is one way to get there; this is the rule itself.
 * van den Oord et al. 2016, arXiv:1601.06759, sections 2.1 and 3.4.
 */
import { PixelCnnError } from "../errors.ts";
import type { PictureShape } from "../picture.ts";
import type { Network, NetworkNode } from "./graph.ts";
import { rangeSize } from "./groups.ts";
import type { Offset } from "./offsets.ts";
import type { Step } from "./operation.ts";
import { rulesOf } from "./operations.ts";
import { type Sees, seesOf, sourcesOf } from "./sees.ts";

/** Logits that see their own value or one that is drawn later. */
export class CausalityError extends PixelCnnError {
  override readonly name = "CausalityError";
  constructor(
    /** The node that sees too much. */
    readonly node: string,
    /** Picture channel whose logits are wrong. */
    readonly channel: number,
    /** What it must not see. */
    readonly offset: Offset,
    /** The way from the logits back to the picture by which it is seen, node by node. */
    readonly path: readonly string[],
  ) {
    const { dy, dx, channel: seen } = offset;
    const what = dy === 0 && dx === 0 ? "of the same pixel" : `at offset (dy ${dy}, dx ${dx})`;
    super(
      `node "${node}": expected logits of channel ${channel} to see only earlier values, but they see channel ${seen} ` +
        `${what}, through ${shortened(path).join(" < ")}; remove that tap or pair (mask A, not B, where the picture is read)`,
    );
  }
}

/** Stations that a message names at either end of a long way. */
const SHOWN = 6;

function shortened(path: readonly string[]): readonly string[] {
  if (path.length <= 2 * SHOWN + 1) return path;
  return [...path.slice(0, SHOWN), `${path.length - 2 * SHOWN} more`, ...path.slice(-SHOWN)];
}

/** May something that belongs to picture channel `channel` know the value at this offset? */
export function isEarlier(offset: Offset, channel: number): boolean {
  const { dy, dx } = offset;
  return dy < 0 || (dy === 0 && (dx < 0 || (dx === 0 && offset.channel < channel)));
}

/** @throws {CausalityError} when any logit sees itself or the future. */
export function checkCausality(network: Network): void {
  const sees = seesOf(network);
  sees.get(network.output)!.forEach((set, channel) => {
    // All rows above are earlier.
    for (const offset of set.fromRow(0)) {
      if (!isEarlier(offset, channel)) {
        throw new CausalityError(network.output, channel, offset, pathTo(network, sees, channel, offset));
      }
    }
  });
}

/** One way by which the output's `group` sees `offset`: the nodes from the output to the input. */
function pathTo(network: Network, sees: Sees, group: number, offset: Offset): string[] {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const path: string[] = [];
  let here = { name: network.output, group, offset };
  for (;;) {
    const node = nodes.get(here.name)!;
    const step = stepTo(node, here.group, here.offset, sees, network.picture);
    path.push(step === null || step.called === null ? node.name : `${node.name} ${step.called}`);
    if (step === null) return path;
    const name = step.input === null ? node.name : node.inputs[step.input]!;
    here = { name, group: step.group, offset: step.offset };
  }
}

/** A step of a way by which a channel group of a node sees `offset`, through its inputs or else through itself; null where the way ends. */
export function stepTo(
  node: NetworkNode,
  group: number,
  offset: Offset,
  sees: Sees,
  picture: PictureShape,
): Step | null {
  const { wayTo, readsOwn } = rulesOf(node);
  const through = wayTo(node, group, offset, { sees: sourcesOf(node, sees), picture });
  if (through !== null || rangeSize(node.groups[group]!) === 0) return through;
  for (const { dy, dx, called, groups } of readsOwn?.(node) ?? []) {
    const before = { dy: offset.dy - dy, dx: offset.dx - dx, channel: offset.channel };
    const source = groups(group).find((from) => sees.get(node.name)![from]!.has(before));
    if (source !== undefined) return { input: null, group: source, offset: before, called };
  }
  return null;
}
