/** Texts of a file that end up in messages and on terminals: short, one line, no escape sequences. */

/** Control characters, and those that turn the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export function isPrintable(text: string): boolean {
  return text.search(UNPRINTABLE) < 0;
}

/** The text with \ufffd for what must not be printed. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "\ufffd");
}

/** What a message shows of a text that a user or a file gave: at most 80 characters of one line that no terminal obeys. */
export function excerpt(text: string): string {
  const shown = printable(text.slice(0, MAX_SHOWN));
  return text.length > MAX_SHOWN ? `${shown}…` : shown;
}

const MAX_SHOWN = 80;
