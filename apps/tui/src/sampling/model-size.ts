/** What a model file takes, in the unit that reads best: "812 B", "44 kB", "1.3 MB". */
export function modelSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
