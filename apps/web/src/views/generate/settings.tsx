"use client";
import { FoldedOnPhone } from "../../components/controls/folded-on-phone.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { FileButton } from "../../components/settings/file-button.tsx";
import { ModelChoice } from "../../components/settings/model-choice.tsx";
import { OtherSeedButton } from "../../components/settings/other-seed-button.tsx";
import { SeedField } from "../../components/settings/seed-field.tsx";
import { DrawingTemperature } from "../../components/settings/temperature-slider.tsx";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { MAX_COUNT } from "../../workers/drawing/drawing-request.ts";
import type { ModelSummary } from "../../workers/drawing/model-summary.ts";
import styles from "./generate.module.css";

interface SettingsProps {
  readonly entry: ModelEntry | null;
  readonly summary: ModelSummary | null;
}

export function Settings({ entry, summary }: SettingsProps) {
  const [state, setState] = useDrawingState();
  return (
    <section className={styles.settings} aria-label="Settings">
      <ModelChoice entry={entry} classes={summary?.classes ?? 0} anyClass="all in turn" />
      <OtherSeedButton>Draw others</OtherSeedButton>
      <FoldedOnPhone summary="More settings">
        <SeedField />
        <Slider
          label="Pictures"
          value={state.count}
          minimum={1}
          maximum={MAX_COUNT}
          step={1}
          onChange={(count) => void setState({ count })}
        />
        <DrawingTemperature />
        <FileButton entry={entry} />
      </FoldedOnPhone>
    </section>
  );
}
