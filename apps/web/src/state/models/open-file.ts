/** Reads a model file of the visitor's; it never leaves the browser. */
import { drawingWorker } from "../../workers/drawing/drawing-worker.ts";
import { fileEntry, keepFile } from "./kept-files.ts";
import type { ModelEntry } from "./model-entry.ts";
import { useModels } from "./model-store.ts";

/** A larger file is refused unread: a browser tab would not survive it. */
const MAX_FILE_BYTES = 512 * 2 ** 20;

/** Null when it is no model file; either way the visitor is told. */
export async function openModelFile(file: File): Promise<ModelEntry | null> {
  const name = file.name.replace(/\.safetensors$/, "");
  try {
    if (file.size > MAX_FILE_BYTES) throw new Error(`expected at most ${MAX_FILE_BYTES / 2 ** 20} MB`);
    const summary = await drawingWorker.loadBytes(`file:${name}`, await file.arrayBuffer());
    const entry = fileEntry({ name, file, summary });
    const { models, add } = useModels.getState();
    const isReplaced = models?.some(({ id }) => id === entry.id) ?? false;
    add(entry);
    const isKept = await keepFile({ name, file, summary });
    tell(
      "success",
      `${file.name} is open${isReplaced ? ", in the place of the one of that name" : ""}. It stays in this browser${isKept ? "" : ", until the page is closed"}.`,
    );
    return entry;
  } catch (error) {
    tell("error", `${file.name} cannot be used: ${(error as Error).message}.`);
    return null;
  }
}

function tell(kind: "success" | "error", text: string): void {
  useModels.setState({ fileMessage: { kind, text } });
}
