/** Names for what the terminal sends: "space", "enter", "up", "ctrl-c", or the character itself. */
import type { Key } from "node:readline";

/** Names of Node's that are ours too. */
const named = new Set([
  ...["up", "down", "left", "right", "home", "end", "pageup", "pagedown"],
  ...["escape", "tab", "space", "backspace"],
]);

/** @param character what a key writes, if anything. @returns null for a key that this app has no name for. */
export function keyName(character: string | undefined, { name, ctrl, meta }: Key): string | null {
  if (ctrl && name !== undefined) return `ctrl-${name}`;
  if (name === "return" || name === "enter") return "enter";
  // Most terminals send this for the backspace key.
  if (name === "delete") return "backspace";
  if (name !== undefined && named.has(name)) return name;
  if (meta || character === undefined || character < " ") return null;
  return [...character].length === 1 ? character : null;
}
