import { styleText } from "node:util";

/** May standard output take colour sequences? Asks Node, which knows NO_COLOR, FORCE_COLOR and terminals. */
export function hasColour(): boolean {
  return styleText("red", "x", { stream: process.stdout }) !== "x";
}
