"use client";
/** Goes through a picture in the order in which it was drawn. */
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { Choice } from "../../components/controls/choice.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { positionsPerSecond } from "../../state/playback/pace.ts";
import styles from "./inspect.module.css";

interface DrawingStepsProps {
  /** The pixel that is drawn next, 0 … total - 1. */
  readonly position: number;
  readonly total: number;
  readonly onPosition: (position: number) => void;
}

const paces = [
  { value: "slow", text: "Pixel by pixel" },
  { value: "calm", text: "Calm" },
] as const;

export function DrawingSteps({ position, total, onPosition }: DrawingStepsProps) {
  const [isPlaying, setPlaying] = useState(false);
  const [pace, setPace] = useState<(typeof paces)[number]["value"]>("slow");
  const latest = useRef({ position, onPosition });
  latest.current = { position, onPosition };
  useEffect(() => {
    if (!isPlaying) return;
    const start = latest.current.position;
    const begun = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const next = start + Math.floor(((now - begun) / 1000) * positionsPerSecond(pace, total));
      if (next !== latest.current.position) latest.current.onPosition(Math.min(next, total - 1));
      if (next >= total - 1) setPlaying(false);
      else frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, pace, total]);
  const step = (by: number) => {
    setPlaying(false);
    onPosition(Math.min(total - 1, Math.max(0, position + by)));
  };
  const play = () => {
    if (position === total - 1) onPosition(0);
    setPlaying(!isPlaying);
  };
  return (
    <div className={styles.steps}>
      <div className={styles.buttons}>
        <Button onClick={() => step(-1)} disabled={position === 0}>
          Back
        </Button>
        <Button onClick={play}>{isPlaying ? "Pause" : "Play"}</Button>
        <Button onClick={() => step(1)} disabled={position === total - 1}>
          Step
        </Button>
      </div>
      <Choice label="Pace" value={pace} options={paces} onChange={setPace} />
      <Slider
        label="Pixels drawn"
        value={position}
        minimum={0}
        maximum={total - 1}
        step={1}
        onChange={(next) => {
          setPlaying(false);
          onPosition(next);
        }}
        describe={(value) => `${value} of ${total}`}
      />
    </div>
  );
}
