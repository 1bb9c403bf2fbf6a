"use client";
import type { Pace } from "../../state/playback/pace.ts";
/** Play, pause, step and pace of a drawing. */
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import { Button } from "../controls/button.tsx";
import { Choice } from "../controls/choice.tsx";
import { FoldedOnPhone } from "../controls/folded-on-phone.tsx";
import styles from "./playback-controls.module.css";

interface PlaybackControlsProps {
  readonly playback: Playback | null;
  readonly pace: Pace;
  readonly onPace: (pace: Pace) => void;
  /** Draws the same pictures from the start. */
  readonly onRestart: () => void;
  /** More buttons. */
  readonly children?: React.ReactNode;
}

const paces = [
  { value: "slow", text: "Pixel by pixel" },
  { value: "calm", text: "Calm" },
  { value: "full", text: "As computed" },
  { value: "whole", text: "Only whole" },
] as const satisfies readonly { value: Pace; text: string }[];

export function PlaybackControls({ playback, pace, onPace, onRestart, children }: PlaybackControlsProps) {
  const state = usePlaybackPart(playback, "state");
  const ended = state === "done" || state === "failed";
  return (
    <div className={styles.playback}>
      <div className={styles.buttons}>
        {state === "drawing" || state === "loading" ? (
          <Button disabled={state === "loading"} onClick={() => playback?.pause()}>
            Pause
          </Button>
        ) : (
          <Button onClick={() => (ended ? onRestart() : playback?.play())}>{ended ? "Again" : "Play"}</Button>
        )}
        <Button disabled={ended || state === "loading"} onClick={() => playback?.step()}>
          Step
        </Button>
        {children}
      </div>
      <FoldedOnPhone summary="Pace">
        <Choice label="Pace" value={pace} options={paces} onChange={onPace} />
      </FoldedOnPhone>
    </div>
  );
}
