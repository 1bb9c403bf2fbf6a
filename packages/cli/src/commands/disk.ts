/** `disk`: what pixelcnn takes on it, and how it is given back. */
import { CliError } from "../cli-error.ts";
import { invocation } from "../invocation.ts";
import { bytesText } from "../output/bytes-text.ts";
import { fitColumns, tableWidth, wrap } from "../output/columns.ts";
import { paint } from "../output/paint.ts";
import { type OutputFlags, outputFor } from "../output/print.ts";
import { shellQuote } from "../output/shell-quote.ts";
import { didYouMean } from "../output/suggestion.ts";
import { cleanable } from "../storage/cleanable.ts";
import { bytesOf } from "../storage/files-below.ts";
import { type StoragePlaces, type StoreName, storagePlaces, storesIn } from "../storage/stores.ts";
import { userPath } from "../user-path.ts";

type Flags = OutputFlags & { readonly folder?: string };

/** @param places this user's unless a test has others. */
export async function runList(flags: Flags, places = placesOf(flags)): Promise<void> {
  const rows = await Promise.all(
    Object.entries(storesIn(places)).map(async ([name, { description, folder, files }]) => {
      const found = await files();
      return { name, folder, description, files: found.length, bytes: bytesOf(found) };
    }),
  );
  const output = outputFor(flags);
  output.json(rows);
  const table = [
    ["what", "files", "size"],
    ...rows.map(({ name, files, bytes }) => [name, files.toLocaleString("en"), bytesText(bytes)]),
  ];
  const width = tableWidth();
  const [head, ...lines] = fitColumns(table, width);
  output.line(paint("bold", head!));
  // A folder's path would make the table wider than a screen.
  for (const [i, line] of lines.entries()) {
    const { description, folder } = rows[i]!;
    output.line([line, ...wrap(description, width, 2), `  ${paint("dim", folder)}`].join("\n"));
  }
  const where = flags.folder === undefined ? "" : ` --folder ${shellQuote(flags.folder)}`;
  const clean = `${invocation} disk clean ${cleanable.join(" | ")}${where}`;
  output.line(["", ...wrap(clean, width)].join("\n"));
}

export async function runClean(
  names: readonly string[],
  flags: Flags & { readonly yes?: boolean },
  places = placesOf(flags),
): Promise<void> {
  for (const name of names) {
    if (cleanable.some((one) => one === name)) continue;
    throw new CliError(
      `expected some of ${cleanable.join(", ")} to clean, got ${name}${didYouMean(name, cleanable)}; name one of them`,
    );
  }
  const output = outputFor(flags);
  let isAsked = false;
  for (const name of names as StoreName[]) {
    const { spare, clean } = storesIn(places)[name];
    const files = (await spare?.()) ?? [];
    const what = `${name}: ${files.length.toLocaleString("en")} files, ${bytesText(bytesOf(files))}`;
    isAsked ||= files.length > 0;
    if (flags.yes === true) await clean?.();
    output.json({ name, files: files.length, bytes: bytesOf(files), cleaned: flags.yes === true });
    output.line(`${flags.yes === true ? "cleaned" : "would clean"} ${what}`);
  }
  if (isAsked && flags.yes !== true) output.line(`nothing was removed: add --yes`);
}

function placesOf({ folder }: Flags): StoragePlaces {
  return storagePlaces(folder === undefined ? undefined : userPath(folder));
}
