const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** So many bytes in the unit that reads best, of 1,000 each: "812 B", "3.4 MB". */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}
