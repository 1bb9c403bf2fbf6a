"use client";
import { colourText, type Palette } from "@pixelcnn/core/data";
import { Label, Radio, RadioGroup } from "react-aria-components";
import controls from "../../components/controls/controls.module.css";
import styles from "./complete.module.css";

interface SwatchesProps {
  readonly palette: Palette;
  readonly level: number;
  readonly onLevel: (level: number) => void;
}

/** The ink, of a model that has a palette: one of its colours. What shows through is seen on squares. */
export function Swatches({ palette, level, onLevel }: SwatchesProps) {
  return (
    <RadioGroup
      className={controls.field ?? ""}
      value={String(level)}
      onChange={(next) => onLevel(Number(next))}
      orientation="horizontal"
    >
      <Label className={controls.label ?? ""}>Ink</Label>
      <div className={styles.swatches}>
        {palette.map((colour, k) => (
          <Radio
            key={colourText(colour)}
            className={styles.swatch ?? ""}
            value={String(k)}
            aria-label={colour[3] === 0 ? "transparent" : colourText(colour)}
          >
            <svg viewBox="0 0 4 4" aria-hidden="true">
              <path className={styles.squares} d="M0 0h2v4h2v-2h-4z" />
              <rect width="4" height="4" fill={colourText(colour)} />
            </svg>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
