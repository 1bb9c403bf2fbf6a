"use client";
import { Button } from "../controls/button.tsx";
import { FileChooser } from "../controls/file-chooser.tsx";
import { useDrawingState } from "../url-state/use-drawing-state.ts";
import { useOpenFile } from "./dropped-files.tsx";
import type { ModelEntry } from "./model-entry.ts";
import { useModels } from "./model-store.ts";

/** Opens a model file; one that is in use can be forgotten. @param entry the model in use. */
export function FileButton({ entry = null }: { readonly entry?: ModelEntry | null }) {
  const openFile = useOpenFile();
  const { forget } = useModels();
  const [, setState] = useDrawingState();
  return (
    <>
      <FileChooser label="Open a model file…" accept=".safetensors" onFile={(file) => void openFile(file)} />
      {entry?.source === "file" && (
        <Button
          onClick={() => {
            void setState({ model: null, class: null });
            forget(entry);
          }}
        >
          Forget {entry.title}
        </Button>
      )}
    </>
  );
}
