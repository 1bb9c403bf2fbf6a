"use client";
import { Button } from "../../components/controls/button.tsx";
import { NumberField } from "../../components/controls/number-field.tsx";
import { Picker } from "../../components/controls/picker.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { TemperatureSlider } from "../../components/controls/temperature-slider.tsx";
import { FileButton } from "../../components/settings/file-button.tsx";
import { MAX_TEMPERATURE, useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useModels } from "../../state/models/model-store.ts";
import { MAX_COUNT } from "../../workers/drawing/drawing-request.ts";
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
import styles from "./generate.module.css";

interface SettingsProps {
  readonly entry: ModelEntry | null;
  readonly summary: ModelSummary | null;
}

/** Seeds that a click draws: short enough to read out. */
const SHORT_SEEDS = 1_000_000;

export function Settings({ entry, summary }: SettingsProps) {
  const [state, setState] = useDrawingState();
  const { models } = useModels();
  const classes = summary?.classes ?? 0;
  return (
    <section className={styles.settings} aria-label="Settings">
      <Picker
        label="Model"
        value={entry?.id ?? ""}
        options={(models ?? []).map(({ id, title }) => ({ value: id, text: title }))}
        onChange={(model) => void setState({ model, class: null })}
      />
      <FileButton entry={entry} />
      {classes > 0 && (
        <Picker
          label="Class"
          value={state.class === null ? "" : String(state.class)}
          options={[
            { value: "", text: "all in turn" },
            ...Array.from({ length: classes }, (_, i) => ({ value: String(i), text: String(i) })),
          ]}
          onChange={(value) => void setState({ class: value === "" ? null : Number(value) })}
        />
      )}
      <NumberField
        label="Seed"
        value={state.seed}
        minimum={0}
        maximum={Number.MAX_SAFE_INTEGER}
        onChange={(seed) => void setState({ seed })}
      />
      <Button kind="primary" onClick={() => void setState({ seed: Math.floor(Math.random() * SHORT_SEEDS) })}>
        Draw others
      </Button>
      <Slider
        label="Pictures"
        value={state.count}
        minimum={1}
        maximum={MAX_COUNT}
        step={1}
        onChange={(count) => void setState({ count })}
      />
      <TemperatureSlider
        value={state.temperature}
        maximum={MAX_TEMPERATURE}
        onChange={(temperature) => void setState({ temperature })}
      />
    </section>
  );
}
