import { invocationOf } from "../invocation.ts";

/** Examples as the end of a help text; words as they follow the app's name. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${invocationOf(line.split(" ")[0]!)} ${line}`).join("\n")}\n`;
}
