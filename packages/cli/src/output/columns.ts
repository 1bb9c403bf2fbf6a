/** Lines that fit a screen. */

const DEFAULT_COLUMNS = 80;
/** What stands below a name, or below the beginning of what goes on. */
const INDENT = 2;
const BETWEEN = " · ";

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
function alignColumns(rows: readonly (readonly string[])[]): string {
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
 * Rows of aligned cells in lines of at most `width` characters; of which no cell is lost. Where all columns are too wide together, cells of one go on
 * below themselves; where that does not do either, every row is its first cell and the others, with their headings, below it.
 *
 * @param rows the first one is of headings.
 * @param giving column whose cells may go on below themselves, at spaces and after hyphens; none when left out.
 * @returns a text a row, of several lines where it is narrow.
 */
export function fitColumns(
  rows: readonly (readonly string[])[],
  width: number,
  giving?: number,
): readonly string[] {
  const lines = alignColumns(rows).split("\n");
  const tooMany = longest(lines) - width;
  if (tooMany <= 0) return lines;
  if (giving === undefined) return stackColumns(rows, width);
  const cells = rows.map((row) => row[giving]!);
  const room = longest(cells) - tooMany;
  const pieces = cells.map((cell) => cell.split(/(?<=[ -])(?=\w)/));
  const isEnough = pieces.every((own) => own.every((piece) => piece.trimEnd().length <= room));
  return isEnough
    ? alignTall(
        rows,
        giving,
        pieces.map((own) => joined(own, room)),
      )
    : stackColumns(rows, width);
}

/** @param tall lines of each row's cell in the column. */
function alignTall(
  rows: readonly (readonly string[])[],
  column: number,
  tall: readonly (readonly string[])[],
): string[] {
  const parts = rows.flatMap((row, r) =>
    tall[r]!.map((text, line) => row.map((cell, i) => (i === column ? text : line === 0 ? cell : ""))),
  );
  const lines = alignColumns(parts).split("\n");
  let from = 0;
  return tall.map(({ length }) => {
    from += length;
    return lines.slice(from - length, from).join("\n");
  });
}

function stackColumns([head, ...rows]: readonly (readonly string[])[], width: number): string[] {
  const stacked = rows.map(([name = "", ...cells]) => {
    const fields = cells.flatMap((cell, i) => (cell === "" ? [] : [`${head![i + 1]} ${cell}`.trim()]));
    const separated = fields.map((field, i) => (i < fields.length - 1 ? field + BETWEEN : field));
    const lines = joined(separated, width - INDENT).map((line) => line.replace(/ ·$/, ""));
    return [name, ...lines.flatMap((line) => wrap(line, width, INDENT))].join("\n");
  });
  return [head![0]!, ...stacked];
}

/** Length of the longest of any number of texts. */
function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/**
 * Words in lines of at most `width` characters; a longer word has a line of its own.
 *
 * @param indent spaces that every line begins with.
 */
export function wrap(text: string, width: number, indent = 0): string[] {
  return joined(text.split(/(?<= )/), width - indent).map((line) => " ".repeat(indent) + line);
}

/** As many pieces a line as there is room for, at least one. */
function joined(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const more = (lines.at(-1) ?? "") + piece;
    if (lines.length > 0 && more.trimEnd().length <= width) lines[lines.length - 1] = more;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}
