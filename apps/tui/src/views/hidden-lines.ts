/** Marks of a list that is longer than its place: ["↑ 3", "↓ 7"], each only where something lies there. */
export function hiddenLines(above: number, below: number): string[] {
  return [above > 0 ? `↑ ${above}` : "", below > 0 ? `↓ ${below}` : ""].filter((mark) => mark !== "");
}
