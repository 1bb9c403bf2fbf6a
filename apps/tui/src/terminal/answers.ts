/**
 * What a terminal answers comes in between the keys. Here it is taken out, whenever it comes: over a slow line that may be long
 * after it was asked for, and what it says would else be typed.
 */

const ESC = "\x1b";
const ST = `${ESC}\\\\`;
/** Application commands (kitty's graphics), operating system commands (iTerm2's), device attributes, and the size of a cell. */
const ANSWER = new RegExp(
  [
    `${ESC}_[^${ESC}]*${ST}`,
    `${ESC}\\][^\x07${ESC}]*(?:\x07|${ST})`,
    `${ESC}P[^${ESC}]*${ST}`,
    `${ESC}\\[\\?[\\d;]*c`,
    `${ESC}\\[6;\\d+;\\d+t`,
  ].join("|"),
  "g",
);
/** The beginning of one. A lone escape, or one before a bracket, is a key as well. */
const BEGUN = new RegExp(
  `${ESC}(?:[_P][^${ESC}]*${ESC}?|\\][^\x07${ESC}]*${ESC}?|\\[\\?[\\d;]*|\\[6;[\\d;]*)$`,
);
/** No answer that is waited for is longer. */
const LONGEST = 4096;

export class AnswerFilter {
  #held = "";

  /** Is there the beginning of an answer, whose end has not come yet? */
  get isHolding(): boolean {
    return this.#held !== "";
  }

  /** @param text bytes as characters 0 ... 255. @returns what is left for the keys, and the answers. */
  take(text: string): { readonly keys: string; readonly answers: string[] } {
    const all = this.#held + text;
    const answers = all.match(ANSWER) ?? [];
    const rest = all.replace(ANSWER, "");
    const begun = BEGUN.exec(rest)?.[0] ?? "";
    this.#held = begun.length > LONGEST ? "" : begun;
    return { keys: rest.slice(0, rest.length - this.#held.length), answers: [...answers] };
  }

  /** What was held, as keys after all. */
  release(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }
}
