/** The pages that show measurements: docs/results.md between its marks, and rows of every model's card. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CliError } from "../../src/cli-error.ts";
import type { Measurement, Results } from "./record.ts";
import { agreementText, copiesText } from "./shares.ts";
import { classesTable, resultsTable } from "./table.ts";

/** What stands between two marks of docs/results.md. */
const parts = { results: resultsTable, classes: classesTable };

export interface Page {
  readonly path: string;
  /** As it is. */
  readonly text: string;
  /** As the measurements have it. */
  readonly current: string;
}

/** All pages, with what they should say. @throws {CliError} for one without a place for it. */
export async function pagesOf(root: string, results: Results): Promise<Page[]> {
  const page = async (path: string, update: (text: string) => string) => {
    const text = await readFile(join(root, path), "utf8").catch((cause) => {
      throw new CliError(`expected ${path}, found none; write it`, { cause });
    });
    return { path, text, current: update(text) };
  };
  return Promise.all([
    page("docs/results.md", (text) => withTables(text, results)),
    ...Object.entries(results).map(([model, measurement]) =>
      page(`models/${model}.md`, (text) => withRows(text, model, measurement)),
    ),
  ]);
}

function withTables(page: string, results: Results): string {
  return Object.entries(parts).reduce((text, [part, tableOf]) => {
    const [opening, closing] = [`<!-- ${part}: written by \`pnpm results\` -->`, `<!-- end of ${part} -->`];
    const [begin, end] = [text.indexOf(opening), text.indexOf(closing)];
    if (begin < 0 || end < begin) {
      throw new CliError(
        `docs/results.md: expected ${opening} and, below it, ${closing}; put them around the table`,
      );
    }
    return `${text.slice(0, begin + opening.length)}\n\n${tableOf(results)}\n\n${text.slice(end)}`;
  }, page);
}

function withRows(card: string, model: string, measured: Measurement): string {
  const { test, classAgreement, copies } = measured;
  const count = test.images.toLocaleString("en");
  const rows: [head: string, value: string][] = [
    [
      "test",
      `${test.nats.toFixed(2)} nats, ${test.bitsPerDim.toFixed(4)} bits/dim (all ${count} test pictures)`,
    ],
  ];
  if (classAgreement !== null) rows.push(["class agreement", agreementText(classAgreement)]);
  if (copies !== undefined) rows.push(["copies", copiesText(copies)]);
  return rows.reduce(
    (text, [head, value]) => withRow(text, model, head, value),
    withWeights(card, model, measured),
  );
}

/** The number in the row that tells of the network; the rest of it is written by hand. */
function withWeights(text: string, model: string, { weights }: Measurement): string {
  const row = /^(\| network +\|.*?)[\d,]+ weights/m;
  if (!row.test(text)) {
    throw new CliError(`models/${model}.md: expected a row "| network | … N weights |", found none; add it`);
  }
  return text.replace(row, (_, before) => `${before}${weights.toLocaleString("en")} weights`);
}

function withRow(text: string, model: string, head: string, value: string): string {
  const row = new RegExp(`^\\| ${head} +\\|.*$`, "m");
  if (!row.test(text)) {
    throw new CliError(`models/${model}.md: expected a row "| ${head} | … |", found none; add it`);
  }
  return text.replace(row, () => `| ${head} | ${value} |`);
}
