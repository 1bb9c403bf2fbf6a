/** The scroll mark of a list that is longer than its place, line by line; none where all of it is there. */
export function scrollMarks(shown: number, from: number, total: number): string[] {
  if (total <= shown) return [];
  const length = Math.max(1, Math.round((shown * shown) / total));
  const last = shown - length;
  // The ends are reached where the list's are, and not before.
  const between = Math.round((from / (total - shown)) * last);
  const top =
    from === 0 ? 0 : from === total - shown ? last : Math.min(Math.max(1, between), Math.max(0, last - 1));
  return Array.from({ length: shown }, (_, line) => (line >= top && line < top + length ? "█" : "│"));
}
