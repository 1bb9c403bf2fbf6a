"use client";
import { FoldedOnPhone } from "../../components/controls/folded-on-phone.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { FileButton } from "../../components/settings/file-button.tsx";
import { ModelChoice } from "../../components/settings/model-choice.tsx";
import { OtherSeedButton } from "../../components/settings/other-seed-button.tsx";
import { SeedField } from "../../components/settings/seed-field.tsx";
import { DrawingTemperature } from "../../components/settings/temperature-slider.tsx";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import styles from "./complete.module.css";
import { MAX_COMPLETIONS, useCompleteState } from "./use-complete-state.ts";

interface SettingsProps {
  readonly entry: ModelEntry | null;
  readonly classes: number;
}

export function Settings({ entry, classes }: SettingsProps) {
  const [own, setOwn] = useCompleteState();
  return (
    <section className={styles.settings} aria-label="Settings">
      <ModelChoice entry={entry} classes={classes} anyClass="as the kept rows suggest" />
      <OtherSeedButton>Other completions</OtherSeedButton>
      <FoldedOnPhone summary="More settings">
        <SeedField />
        <Slider
          label="Completions"
          value={own.completions}
          minimum={1}
          maximum={MAX_COMPLETIONS}
          step={1}
          onChange={(completions) => void setOwn({ completions })}
        />
        <DrawingTemperature />
        <div className={styles.buttons}>
          <FileButton entry={entry} />
        </div>
      </FoldedOnPhone>
    </section>
  );
}
