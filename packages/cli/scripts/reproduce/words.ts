/** Words of a command: flags taken out, and those that say how long a training is. */
import { flagOf } from "../../src/settings/flags.ts";

/** Settings of which one says how long a training is. */
export const lengths = ["epochs", "steps", "minutes", "time"] as const;
export const lengthFlags: readonly string[] = lengths.map(flagOf);

/** Words without these flags and their values, of which some have none. */
export function without(words: readonly string[], flags: readonly string[]): string[] {
  const isValue = (i: number) => flags.includes(words[i - 1] ?? "") && !words[i]!.startsWith("--");
  return words.filter((word, i) => !flags.includes(word) && !isValue(i));
}
