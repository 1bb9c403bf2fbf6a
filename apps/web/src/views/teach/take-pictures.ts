/** Pictures that were dropped, or opened, to be taught: all that can be used, or a line that says why not. */
import { useModels } from "../../state/models/model-store.ts";
import { showPictures } from "../../state/teaching/teaching-store.ts";
import type { Ink } from "../../workers/teaching/ink.ts";
import { LEAST_PICTURES, MOST_PICTURES } from "../../workers/teaching/lesson.ts";
import { readInk } from "./read-ink.ts";

/** In the order of their names: those that are called alike come into the same cell. */
export async function takePictures(files: readonly File[]): Promise<void> {
  const said = await taken(files);
  useModels.setState({ fileMessage: said === null ? null : { kind: "error", text: said } });
}

/** @returns a sentence for the visitor; null when there is nothing to say. */
async function taken(files: readonly File[]): Promise<string | null> {
  const expected = `Teach takes ${LEAST_PICTURES} to ${MOST_PICTURES} small pictures at once`;
  const count = files.length;
  if (count < LEAST_PICTURES || count > MOST_PICTURES) return `${expected}, got ${count}.`;
  const inks: Ink[] = [];
  const refused: string[] = [];
  const byName = new Intl.Collator("en", { numeric: true });
  for (const file of [...files].sort((a, b) => byName.compare(a.name, b.name))) {
    try {
      inks.push(await readInk(file));
    } catch (error) {
      refused.push((error as Error).message);
    }
  }
  const why = refused.length === 0 ? "" : `${refused.length} of ${count} cannot be used: ${refused[0]}`;
  if (inks.length < LEAST_PICTURES) return `${expected}; ${why}.`;
  showPictures(inks);
  return why === "" ? null : `${why}. The others are in the cells.`;
}
