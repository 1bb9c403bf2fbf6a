"use client";
import { shortSeed } from "../../state/address/short-seed.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { Button } from "../controls/button.tsx";

/** Draws from other noise. In a file without the field: the first page has the button alone. */
export function OtherSeedButton({ children }: { readonly children: string }) {
  const [, setState] = useDrawingState();
  return (
    <Button kind="primary" onClick={() => void setState({ seed: shortSeed() })}>
      {children}
    </Button>
  );
}
