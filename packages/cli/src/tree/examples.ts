import { invocation } from "../invocation.ts";

/** Examples as the end of a help text; words as they follow the app's name. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${invocation} ${line}`).join("\n")}\n`;
}
