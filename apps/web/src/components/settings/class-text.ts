import type { ModelEntry } from "../../state/models/model-entry.ts";

/** A class as people call it: "5, sandal"; its number where it has no name. */
export function classText(entry: ModelEntry | null, label: number): string {
  const name = entry?.classNames?.[label];
  return name === undefined ? String(label) : `${label}, ${name}`;
}
