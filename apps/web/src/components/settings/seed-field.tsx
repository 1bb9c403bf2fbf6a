"use client";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { NumberField } from "../controls/number-field.tsx";

/** The number that picks the noise of a drawing. */
export function SeedField() {
  const [{ seed }, setState] = useDrawingState();
  return (
    <NumberField
      label="Seed"
      value={seed}
      minimum={0}
      maximum={Number.MAX_SAFE_INTEGER}
      onChange={(next) => void setState({ seed: next })}
    />
  );
}
