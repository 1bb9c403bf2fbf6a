/** Lines that fit a screen. */

const DEFAULT_COLUMNS = 80;
/** Less of a cell says nothing. */
const LEAST_CELL = 4;

/** Columns of the terminal that reads standard output; 80 where there is none. */
export function screenWidth(): number {
  return process.stdout.columns || DEFAULT_COLUMNS;
}

/** Columns of the terminal that reads a table; all that it wants where nobody looks: a file or another app. */
export function tableWidth(): number {
  return process.stdout.columns || Number.POSITIVE_INFINITY;
}

/** A line, cut with … where it is too long. */
export function fitLine(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** Rows of cells, each column as wide as its widest cell. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => longest(rows.map((row) => row[i]!)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * Rows of aligned cells in lines of at most `width` characters.
 *
 * @param giving column whose cells are cut where all of it is too wide.
 */
export function fitColumns(
  rows: readonly (readonly string[])[],
  width: number,
  giving: number,
): readonly string[] {
  const lines = alignColumns(rows).split("\n");
  const tooMany = longest(lines) - width;
  if (tooMany <= 0) return lines;
  const widest = longest(rows.map((row) => row[giving]!));
  const room = Math.max(LEAST_CELL, widest - tooMany);
  const cut = rows.map((row) => row.map((cell, i) => (i === giving ? fitLine(cell, room) : cell)));
  return alignColumns(cut)
    .split("\n")
    .map((line) => fitLine(line, width));
}

/** Length of the longest of any number of texts. */
function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Words in lines of at most `width` characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
