/** What a pixel's logits see, as text. @ is the pixel itself. */
import type { ReceptiveField } from "@pixelcnn/core";

/** # seen, · not seen although earlier. Two characters a column, so that it has its true proportions. */
export function widePicture(field: ReceptiveField): string[] {
  return rowsOf(field).map((row) => [...row].join(" ").trimEnd());
}

/** The same at half the size: a character is two rows of one column. */
export function smallPicture(field: ReceptiveField): string[] {
  const rows = rowsOf(field);
  if (rows.length % 2 === 1) rows.unshift(" ".repeat(rows[0]!.length)); // the pixel's own row is a lower half
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const [upper, lower] = [rows[y]!, rows[y + 1]!];
    const cells = [...upper].map((above, x) => halves(above, lower[x] ?? " "));
    lines.push(cells.join("").trimEnd());
  }
  return lines;
}

function halves(upper: string, lower: string): string {
  if (lower === "@") return "@";
  if (upper === "#") return lower === "#" ? "█" : "▀";
  return lower === "#" ? "▄" : " ";
}

function rowsOf({ seen, reach }: ReceptiveField): string[] {
  const places = new Set(seen.map(({ dy, dx }) => `${dy},${dx}`));
  return Array.from({ length: reach.up + 1 }, (_, y) => {
    const dy = y - reach.up;
    const last = dy === 0 ? 0 : reach.right;
    return Array.from({ length: reach.left + last + 1 }, (_, x) => {
      const dx = x - reach.left;
      return dy === 0 && dx === 0 ? "@" : places.has(`${dy},${dx}`) ? "#" : "·";
    }).join("");
  });
}
