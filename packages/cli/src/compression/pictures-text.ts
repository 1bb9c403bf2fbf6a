/** "1 picture", "12 pictures". */
export function picturesText(count: number): string {
  return count === 1 ? "1 picture" : `${count} pictures`;
}
