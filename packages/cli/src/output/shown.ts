/** What a message shows of something that a user or a file gave: one short line that no terminal obeys. */

const MOST = 80;

/** A value as JSON, cut where it is long. Never throws, however deep the value is. */
export function shown(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value, visibly) ?? String(value);
  } catch {
    text = "a value that is nested too deeply";
  }
  return cut(text);
}

/** Of numbers, JSON has the finite ones alone and would say null. */
function visibly(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** A text, cut where it is long, control characters made visible. */
export function cut(text: string): string {
  const short = text.length > MOST ? `${text.slice(0, MOST)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
}
