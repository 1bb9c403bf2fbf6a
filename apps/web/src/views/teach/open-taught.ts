/** Hands the model that is taught here to another view, as a model file that was opened. */
import { openModelFile } from "../../state/models/open-file.ts";
import { modelFile } from "../../state/teaching/teach.ts";
import { TEMPERATURE } from "../../workers/teaching/lesson.ts";
import { nameTaught } from "./name-taught.ts";

/**
 * @param path of the view.
 * @param more of its address.
 * @returns the address there, which draws as the sheet was drawn; null when the file cannot be opened, which the visitor was told.
 * @throws when what was learnt is forgotten meanwhile.
 */
export async function openTaught(
  path: string,
  more: Readonly<Record<string, string>>,
): Promise<string | null> {
  const entry = await openModelFile(new File([await modelFile()], `${await nameTaught()}.safetensors`));
  if (entry === null) return null;
  return `${path}?${new URLSearchParams({ model: entry.id, temperature: String(TEMPERATURE), ...more })}`;
}
