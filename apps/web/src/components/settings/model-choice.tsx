"use client";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useModels } from "../../state/models/model-store.ts";
/** Which model, and which of its classes: the settings that every view with pictures of one model has. */
import { Picker } from "../controls/picker.tsx";
import { classText } from "./class-text.ts";

interface ModelChoiceProps {
  readonly entry: ModelEntry | null;
  /** Class labels of the model; 0 while unknown. */
  readonly classes: number;
  /** What no class means: "all in turn". */
  readonly anyClass: string;
}

export function ModelChoice({ entry, classes, anyClass }: ModelChoiceProps) {
  const [state, setState] = useDrawingState();
  const { models } = useModels();
  return (
    <>
      <Picker
        label="Model"
        value={entry?.id ?? ""}
        options={(models ?? []).map(({ id, title }) => ({ value: id, text: title }))}
        onChange={(model) => void setState({ model, class: null })}
      />
      {classes > 0 && (
        <Picker
          label="Class"
          value={state.class === null ? "" : String(state.class)}
          options={[
            { value: "", text: anyClass },
            ...Array.from({ length: classes }, (_, i) => ({ value: String(i), text: classText(entry, i) })),
          ]}
          onChange={(value) => void setState({ class: value === "" ? null : Number(value) })}
        />
      )}
    </>
  );
}
