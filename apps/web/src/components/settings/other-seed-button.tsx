"use client";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { Button } from "../controls/button.tsx";

/** Seeds that a click draws: short enough to read out. */
const SHORT_SEEDS = 1_000_000;

/** Draws from other noise. In a file without the field: the first page has the button alone. */
export function OtherSeedButton({ children }: { readonly children: string }) {
  const [, setState] = useDrawingState();
  return (
    <Button kind="primary" onClick={() => void setState({ seed: Math.floor(Math.random() * SHORT_SEEDS) })}>
      {children}
    </Button>
  );
}
