/** Pieces of a Markdown page. */
import type { Row } from "./part.ts";

/** A table; what would break it is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
}

/** Three figures that count: `1,230`, `45.6`, `0.00123`; nothing for what was not measured. */
export function figure(value: Row[string] | undefined): string {
  if (typeof value !== "number") return "";
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  const rounded = Number(value.toPrecision(3));
  return size >= 3 ? rounded.toLocaleString("en") : size < -3 ? value.toExponential(1) : rounded.toString();
}

/** `1.23×`, and whether that is what was wanted. */
export function ratio(value: number | null, goal?: number): string {
  if (value === null || !Number.isFinite(value)) return "";
  const shown = `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)}×`;
  return goal !== undefined && value >= goal ? `**${shown}**` : shown;
}

/** `42 s`, `3 min 20 s` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
