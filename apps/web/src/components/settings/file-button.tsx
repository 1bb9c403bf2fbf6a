"use client";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useModels } from "../../state/models/model-store.ts";
import { useOpenFile } from "../../state/models/use-open-file.ts";
import { AskingButton } from "../controls/asking-button.tsx";
import { FileChooser } from "../controls/file-chooser.tsx";

/** Opens a model file; one that is in use can be forgotten. @param entry the model in use. */
export function FileButton({ entry = null }: { readonly entry?: ModelEntry | null }) {
  const openFile = useOpenFile();
  const { forget } = useModels();
  const [, setState] = useDrawingState();
  return (
    <>
      <FileChooser label="Open a model file…" accept=".safetensors" onFile={(file) => void openFile(file)} />
      {entry?.source === "file" && (
        <AskingButton
          key={entry.id}
          question="Really forget it?"
          onSure={() => {
            void setState({ model: null, class: null });
            forget(entry);
          }}
        >
          Forget {entry.title}
        </AskingButton>
      )}
    </>
  );
}
