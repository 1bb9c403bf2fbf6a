/** A line of text after a key: a character more, or one less. */
export function typed(text: string, key: string): string {
  if (key === "backspace") return text.slice(0, -1);
  const character = key === "space" ? " " : key;
  return [...character].length === 1 ? text + character : text;
}
