/** The part of a card that shows pictures: what the model draws, and real ones. */
import { CliError } from "../../src/cli-error.ts";
import type { SheetRecord } from "./sheet-record.ts";

const BEGIN = "<!-- pictures: written by `pnpm sheets` -->";
const END = "<!-- end of pictures -->";

export interface Shown {
  readonly record: SheetRecord;
  readonly classes: number;
}

/** The words of a card's "Sheet: `pnpm … generate …`". @throws {CliError} for a card without. */
export function sheetCommand(card: string, model: string): string[] {
  const found = /Sheet: `pnpm --silent --filter cli (generate [^`]*)`/.exec(card)?.[1];
  if (found === undefined) {
    throw new CliError(
      `models/${model}.md: expected a line "Sheet: \`pnpm --silent --filter cli generate …\`", found none; add it`,
    );
  }
  return found.split(" ");
}

/** @throws {CliError} for a card without the marks. */
export function withPictures(card: string, model: string, { record, classes }: Shown): string {
  const [begin, end] = [card.indexOf(BEGIN), card.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new CliError(
      `models/${model}.md: expected ${BEGIN} and, below it, ${END}; put them around the pictures`,
    );
  const { drawn, real } = record;
  const rows = classes === 0 ? "" : ", a row per class";
  const first =
    classes === 0
      ? `${real.count} of the test set, every ${ordinal(real.every ?? 1)} from the first on`
      : `the first ${real.count / classes} of each class in the test set`;
  return `${card.slice(0, begin + BEGIN.length)}

![Samples${rows}](../docs/images/${model}.png)

![Real pictures${rows}](../docs/images/${real.file})

First what the model draws: plain draws at temperature 1, the first ${drawn.count} of seed ${drawn.seed}. Then real pictures, ${first}, in the levels that the model takes. None was
chosen, none left out.

${card.slice(end)}`;
}

/** "500th" */
function ordinal(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number.toLocaleString("en")}${ending}`;
}
