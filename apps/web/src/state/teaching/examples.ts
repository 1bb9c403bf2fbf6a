/** Ten things to trace, for who has no idea: no digit among them. */
import type { Drawing } from "../../workers/teaching/drawing.ts";

export interface Example {
  readonly name: string;
  readonly drawing: Drawing;
}

/** Points of a circle, from the top, clockwise; `turns` of it, its radius going from one to the other. */
function round(x: number, y: number, from: number, to: number, turns = 1): number[] {
  const count = Math.round(16 * turns);
  return Array.from({ length: count + 1 }, (_, i) => {
    const angle = (i / count) * turns * 2 * Math.PI - Math.PI / 2;
    const radius = from + ((to - from) * i) / count;
    return [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
  }).flat();
}

export const EXAMPLES: readonly Example[] = [
  {
    name: "heart",
    drawing: [
      [128, 210, 60, 140, 44, 96, 62, 62, 98, 58, 128, 92, 158, 58, 194, 62, 212, 96, 196, 140, 128, 210],
    ],
  },
  {
    name: "house",
    drawing: [
      [60, 116, 60, 206, 196, 206, 196, 116],
      [40, 132, 128, 48, 216, 132],
    ],
  },
  { name: "star", drawing: [[76, 210, 128, 44, 180, 210, 44, 106, 212, 106, 76, 210]] },
  {
    name: "arrow",
    drawing: [
      [40, 128, 212, 128],
      [150, 66, 214, 128, 150, 190],
    ],
  },
  {
    name: "tree",
    drawing: [
      [128, 218, 128, 168],
      [128, 40, 56, 168, 200, 168, 128, 40],
    ],
  },
  {
    name: "fish",
    drawing: [[216, 80, 216, 176, 156, 128, 110, 92, 62, 100, 34, 128, 62, 156, 110, 164, 156, 128, 216, 80]],
  },
  { name: "spiral", drawing: [round(128, 128, 8, 92, 2.5)] },
  {
    name: "cup",
    drawing: [
      [56, 64, 68, 200, 152, 200, 164, 64, 56, 64],
      [162, 90, 208, 92, 206, 146, 156, 150],
    ],
  },
  {
    name: "cross",
    drawing: [
      [128, 40, 128, 216],
      [40, 128, 216, 128],
    ],
  },
  { name: "flag", drawing: [[64, 220, 64, 40, 204, 82, 64, 128]] },
];
