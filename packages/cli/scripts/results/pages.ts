/** The pages that show measurements: docs/results.md between two marks, and rows of every model's card. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CliError } from "../../src/cli-error.ts";
import type { Measurement, Results } from "./record.ts";
import { resultsTable } from "./table.ts";

const BEGIN = "<!-- results: written by `pnpm results` -->";
const END = "<!-- end of results -->";

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
    page("docs/results.md", (text) => withTable(text, results)),
    ...Object.entries(results).map(([model, measurement]) =>
      page(`models/${model}.md`, (text) => withRows(text, model, measurement)),
    ),
  ]);
}

function withTable(text: string, results: Results): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) {
    throw new CliError(`docs/results.md: expected ${BEGIN} and, below it, ${END}; put them around the table`);
  }
  return `${text.slice(0, begin + BEGIN.length)}\n\n${resultsTable(results)}\n\n${text.slice(end)}`;
}

function withRows(text: string, model: string, measurement: Measurement): string {
  const { test, copies } = measurement;
  const count = test.images.toLocaleString("en");
  const likelihood = `${test.nats.toFixed(2)} nats, ${test.bitsPerDim.toFixed(4)} bits/dim (all ${count} test pictures)`;
  const measured = withAgreement(withRow(text, model, "test", likelihood), model, measurement);
  if (copies === undefined) return measured;
  const [samples, trained] = [copies.images, copies.trained].map((n) => n.toLocaleString("en"));
  return withRow(
    measured,
    model,
    "copies",
    `${copies.copies} of ${samples} samples are one of ${trained} pictures of the training`,
  );
}

function withAgreement(text: string, model: string, { classAgreement }: Measurement): string {
  if (classAgreement === null) return text;
  const { images, agreement, classifier } = classAgreement;
  return withRow(
    text,
    model,
    "class agreement",
    `${percent(agreement)} of ${images.toLocaleString("en")} samples, by a classifier that names ${percent(classifier.accuracy)} of the real test pictures rightly`,
  );
}

function withRow(text: string, model: string, head: string, value: string): string {
  const row = new RegExp(`^\\| ${head} +\\|.*$`, "m");
  if (!row.test(text)) {
    throw new CliError(`models/${model}.md: expected a row "| ${head} | … |", found none; add it`);
  }
  return text.replace(row, () => `| ${head} | ${value} |`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
