/** What a message shows of something that a user or a file gave: one short line that no terminal obeys. */
import { excerpt } from "@pixelcnn/core";

/** A value as JSON, cut where it is long. Never throws, however deep the value is. */
export function shown(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value, visibly) ?? String(value);
  } catch {
    text = "a value that is nested too deeply";
  }
  return excerpt(text);
}

/** Of numbers, JSON has the finite ones alone and would say null. */
function visibly(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
