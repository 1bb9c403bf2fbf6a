/** Wrong usage, as commander words it, in one line with what was probably meant. */
import type { Command } from "commander";
import { otherNames } from "./other-names.ts";
import { nearest } from "./output/suggestion.ts";

/** @param command that was given the words. */
export function explainMistake(text: string, command: Command): string {
  const line = text
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
  const meant = meantBy(line, command);
  const help = `run with --help to see all ${/unknown command/.test(line) ? "commands" : "flags"}`;
  return `${line}${meant === null ? "" : ` (did you mean ${meant}?)`}; ${help}`;
}

function meantBy(line: string, command: Command): string | null {
  const [, value = "", choices] = /'([^']*)' is invalid.* Allowed choices are (.*)$/.exec(line) ?? [];
  if (choices !== undefined) return nearest(value, choices.split(", "));
  const [, what, word = ""] = /unknown (option|command) '([^']*)'/.exec(line) ?? [];
  if (what === undefined) return null;
  if (what === "option") return nearest(word.replace(/=.*/, ""), flagsOf(command));
  // What it is called elsewhere is meant, not what happens to be spelt alike.
  const other = command.parent === null ? otherNames[word.toLowerCase()] : undefined;
  const names = command.commands.map((below) => below.name());
  return other ?? nearest(word, names);
}

function flagsOf(command: Command): string[] {
  const help = command.createHelp();
  return help.visibleOptions(command).flatMap(({ long }) => long ?? []);
}
