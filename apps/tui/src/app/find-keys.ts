import type { KeyBinding } from "./keys.ts";

/** The keys of which the key itself, or what is said about it, contains every word. A single character is a key first. */
export function findKeys(bindings: readonly KeyBinding[], text: string): readonly KeyBinding[] {
  const query = text.trim();
  const pressed = bindings.filter(({ keys }) => keys.includes(query));
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const told = bindings.filter((binding) => {
    const about = `${binding.shown} ${binding.short} ${binding.about}`.toLowerCase();
    return !pressed.includes(binding) && words.every((word) => about.includes(word));
  });
  return [...pressed, ...told];
}
