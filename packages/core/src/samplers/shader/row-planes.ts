/** Planes for a whole row: coordinates are read from tables, so that they are the same numbers in every sampler. */
import type { Planes } from "../../lowering/index.ts";
import { planeValue } from "../../network/operations/planes.ts";
import type { Generator, RowProgram } from "./generation.ts";

export function rowPlanes({ network, packer, addresses, text }: Generator, operation: Planes): RowProgram {
  const { picture } = network;
  const { channels, planes, target } = operation;
  const table = (plane: Planes["planes"][number]): string => {
    switch (plane) {
      case "inside":
        return "1.0";
      case "row":
        return entry(picture.height, (y) => planeValue(plane, picture, y, 0), "y");
      case "column":
        return entry(picture.width, (x) => planeValue(plane, picture, 0, x), "column");
      default:
        return plane satisfies never;
    }
  };
  const entry = (length: number, value: (index: number) => number, index: string): string => {
    const start = packer.constants(Array.from({ length }, (_, i) => value(i)));
    return `constants[${text.at(start)} + ${index}]`;
  };
  return {
    items: picture.width * channels,
    code: `let column = item / ${channels}u;
let f = item % ${channels}u;
var value = 0.0;
${planes.map((plane, f) => `if (f == ${f}u) { value = ${table(plane)}; }`).join("\n")}
${addresses.store(target, "f", "value", "column")}`,
  };
}
