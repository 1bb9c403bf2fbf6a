"use client";
/** Sheet after sheet: when one is done, the next seed's follows. The address tells the one that is seen. */
import { parseAsBoolean } from "nuqs";
import { useEffect } from "react";
import { useAddress } from "../../state/address/use-address.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";

const parsers = { forever: parseAsBoolean.withDefault(false) };

/** For so long a sheet that is done can be looked at. */
const REST_MS = 2000;

/** @returns whether it goes on, and how that is changed. */
export function useDrawingOn(playback: Playback | null): readonly [boolean, (isOn: boolean) => void] {
  const [{ forever }, setAddress] = useAddress(parsers);
  const [{ seed }, setState] = useDrawingState();
  const state = usePlaybackPart(playback, "state");
  useEffect(() => {
    if (!forever || state !== "done") return;
    const next = seed === Number.MAX_SAFE_INTEGER ? 0 : seed + 1;
    // Nobody chose it: no step of the history.
    const timer = setTimeout(() => void setState({ seed: next }, "replace"), REST_MS);
    return () => clearTimeout(timer);
  }, [forever, state, seed, setState]);
  return [forever, (isOn) => void setAddress({ forever: isOn })];
}
