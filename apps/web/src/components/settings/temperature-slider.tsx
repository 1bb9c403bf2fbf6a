"use client";
import { MAX_TEMPERATURE } from "../../state/address/parsers.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import controls from "../controls/controls.module.css";
import { Slider } from "../controls/slider.tsx";

interface TemperatureSliderProps {
  readonly value: number;
  readonly onChange: (temperature: number) => void;
}

export function TemperatureSlider({ value, onChange }: TemperatureSliderProps) {
  return (
    <Slider
      label="Temperature"
      value={value}
      minimum={0}
      maximum={MAX_TEMPERATURE}
      step={0.05}
      onChange={onChange}
      describe={(temperature) => temperature.toFixed(2)}
    />
  );
}

/** Below this, pictures of models whose likeliest level is the ground's come out all but empty. */
const COLD = 0.3;

/** That of the drawing in the address, and why pictures go dark near 0. */
export function DrawingTemperature() {
  const [{ temperature }, setState] = useDrawingState();
  return (
    <div className={controls.field}>
      <TemperatureSlider value={temperature} onChange={(value) => void setState({ temperature: value })} />
      {temperature < COLD && (
        <p role="status" className={controls.label}>
          Near 0 every pixel takes its likeliest level, black nearly everywhere: empty pictures are no fault.
        </p>
      )}
    </div>
  );
}
