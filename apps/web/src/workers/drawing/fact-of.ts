/** What a sampler failed with, without core's advice to draw with the incremental one, which the page takes at once. */
export function factOf(error: unknown): string {
  return (error as Error).message.replace(/; draw with the incremental .*$/s, "");
}
