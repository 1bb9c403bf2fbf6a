"use client";
import styles from "./controls.module.css";
import { Slider } from "./slider.tsx";

interface TemperatureSliderProps {
  readonly value: number;
  readonly maximum: number;
  readonly onChange: (temperature: number) => void;
}

/** Below this, pictures of models whose likeliest level is the ground's come out all but empty. */
const COLD = 0.3;

/** The temperature of a drawing, and why pictures go dark near 0. */
export function TemperatureSlider({ value, maximum, onChange }: TemperatureSliderProps) {
  return (
    <div className={styles.field}>
      <Slider
        label="Temperature"
        value={value}
        minimum={0}
        maximum={maximum}
        step={0.05}
        onChange={onChange}
        describe={(temperature) => temperature.toFixed(2)}
      />
      {value < COLD && (
        <p role="status" className={styles.label}>
          Near 0 every pixel takes its likeliest level, black nearly everywhere: empty pictures are no fault.
        </p>
      )}
    </div>
  );
}
