/** All parts by name, in the order of the report. */
import type { Part } from "./part.ts";
import { agreement } from "./parts/agreement.ts";
import { configs } from "./parts/configs.ts";
import { devices } from "./parts/devices.ts";
import { drawing } from "./parts/drawing.ts";
import { training } from "./parts/training.ts";

export const parts = { devices, agreement, training, drawing, configs } as const satisfies Record<
  string,
  Part
>;
/** One of them. */
export type PartName = keyof typeof parts;
export const partNames = Object.keys(parts) as PartName[];

export function isPartName(name: string): name is PartName {
  return Object.hasOwn(parts, name);
}
