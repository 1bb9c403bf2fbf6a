"use client";
import { Slider as AriaSlider, Label, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";
import styles from "./controls.module.css";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** The value in words; the number itself when left out. */
  readonly describe?: (value: number) => string;
}

export function Slider({ label, value, minimum, maximum, step, onChange, describe = String }: SliderProps) {
  return (
    <AriaSlider
      className={styles.slider ?? ""}
      value={value}
      minValue={minimum}
      maxValue={maximum}
      step={step}
      onChange={(next) => onChange(next as number)}
    >
      <div className={styles.row}>
        <Label className={styles.label ?? ""}>{label}</Label>
        <SliderOutput className={styles.value ?? ""}>{describe(value)}</SliderOutput>
      </div>
      <SliderTrack className={styles.track ?? ""}>
        <SliderThumb className={styles.thumb ?? ""} />
      </SliderTrack>
    </AriaSlider>
  );
}
