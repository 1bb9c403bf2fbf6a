"use client";
/** Play, pause, step and pace of a drawing. */
import type { Growth } from "../drawing/growth.ts";
import type { Pace } from "../drawing/pace.ts";
import { useGrowthSnapshot } from "../drawing/use-growth.ts";
import { Button } from "./button.tsx";
import { Choice } from "./choice.tsx";
import styles from "./playback.module.css";

interface PlaybackProps {
  readonly growth: Growth | null;
  readonly pace: Pace;
  readonly onPace: (pace: Pace) => void;
  /** Draws the same pictures from the start. */
  readonly onRestart: () => void;
}

const paces = [
  { value: "slow", text: "Pixel by pixel" },
  { value: "calm", text: "Calm" },
  { value: "full", text: "As computed" },
  { value: "whole", text: "Only whole" },
] as const satisfies readonly { value: Pace; text: string }[];

export function Playback({ growth, pace, onPace, onRestart }: PlaybackProps) {
  const { state } = useGrowthSnapshot(growth);
  const ended = state === "done" || state === "failed";
  return (
    <div className={styles.playback}>
      <div className={styles.buttons}>
        {state === "drawing" || state === "loading" ? (
          <Button disabled={state === "loading"} onClick={() => growth?.pause()}>
            Pause
          </Button>
        ) : (
          <Button onClick={() => (ended ? onRestart() : growth?.play())}>{ended ? "Again" : "Play"}</Button>
        )}
        <Button disabled={ended || state === "loading"} onClick={() => growth?.step()}>
          Step
        </Button>
      </div>
      <Choice label="Pace" value={pace} options={paces} onChange={onPace} />
    </div>
  );
}
