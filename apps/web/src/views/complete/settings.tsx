"use client";
import { Button } from "../../components/controls/button.tsx";
import { NumberField } from "../../components/controls/number-field.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { TemperatureSlider } from "../../components/controls/temperature-slider.tsx";
import { FileButton } from "../../components/settings/file-button.tsx";
import { ModelChoice } from "../../components/settings/model-choice.tsx";
import { MAX_TEMPERATURE, useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import styles from "./complete.module.css";
import { MAX_COMPLETIONS, useCompleteState } from "./use-complete-state.ts";

interface SettingsProps {
  readonly entry: ModelEntry | null;
  readonly classes: number;
}

/** Seeds that a click draws: short enough to read out. */
const SHORT_SEEDS = 1_000_000;

export function Settings({ entry, classes }: SettingsProps) {
  const [state, setState] = useDrawingState();
  const [own, setOwn] = useCompleteState();
  return (
    <section className={styles.settings} aria-label="Settings">
      <ModelChoice entry={entry} classes={classes} anyClass="as the kept rows suggest" />
      <div className={styles.pair}>
        <NumberField
          label="Seed"
          value={state.seed}
          minimum={0}
          maximum={Number.MAX_SAFE_INTEGER}
          onChange={(seed) => void setState({ seed })}
        />
        <Button
          kind="primary"
          onClick={() => void setState({ seed: Math.floor(Math.random() * SHORT_SEEDS) })}
        >
          Other noise
        </Button>
      </div>
      <Slider
        label="Completions"
        value={own.completions}
        minimum={1}
        maximum={MAX_COMPLETIONS}
        step={1}
        onChange={(completions) => void setOwn({ completions })}
      />
      <TemperatureSlider
        value={state.temperature}
        maximum={MAX_TEMPERATURE}
        onChange={(temperature) => void setState({ temperature })}
      />
      <div className={styles.buttons}>
        <FileButton entry={entry} />
      </div>
    </section>
  );
}
