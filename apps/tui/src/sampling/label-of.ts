/** What is said below a picture: its class. */
import type { SampleState } from "./state.ts";

/** "3", or "3 dress"; empty for a model without classes. */
export function labelOf(
  { info, classLabel }: Pick<SampleState, "info" | "classLabel">,
  picture: number,
): string {
  if (info === null || info.classes === 0) return "";
  return classText(info.classNames, classLabel ?? picture % info.classes);
}

/** All classes of a model, for a legend; none where numbers are all that there is to say. */
export function classTexts({ info }: Pick<SampleState, "info">): readonly string[] {
  const names = info?.classNames ?? [];
  return names.map((_, label) => classText(names, label));
}

function classText(names: readonly string[] | null, label: number): string {
  const name = names?.[label];
  return name === undefined || name === String(label) ? String(label) : `${label} ${name}`;
}
