/** Colour of what is printed for people, where standard output takes it: `NO_COLOR`, `FORCE_COLOR` and `--color` say otherwise. */
import { styleText } from "node:util";

type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

/** The text in a style; as it is where there is no colour. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
