import { splitChannels } from "../groups.ts";
import { OffsetSet } from "../offsets.ts";
import type { NodeOf, OperationRules } from "../operation.ts";

/** The picture: every channel sees itself. */
export const input: OperationRules<NodeOf<"input">> = {
  inputs: 0,
  groups: (_, { picture }) => splitChannels(picture.channels, picture.channels),
  sees: (_, group, { picture }) => [{ set: OffsetSet.own(picture, group), dy: 0, dx: 0 }],
  wayTo: () => null,
  reads: () => [],
  atPositions: true,
  work: () => 0,
};
