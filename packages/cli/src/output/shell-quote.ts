/** A word as it can be typed again: a path with a space or a quote must not fall apart when somebody copies a hint. */
export function shellQuote(word: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(word)) return word;
  // Windows' shells know double quotes alone; a path there cannot hold one.
  return process.platform === "win32" ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
