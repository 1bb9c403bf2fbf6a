"use client";
/**
 * The completions side by side. What is kept shows at once, what is drawn anew as it comes, and below it, faint, what stood there
 * before: no picture ever goes blank.
 */
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useWidth } from "../../components/pictures/use-width.ts";
import { wholePixels } from "../../components/pictures/whole-pixels.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import styles from "./completion-wall.module.css";
import { paintCompletion } from "./paint-completion.ts";

interface CompletionWallProps {
  readonly picture: PictureShape;
  readonly count: number;
  readonly playback: Playback | null;
  /** The drawing, [H, W, C], and how many of its values are kept. */
  readonly levels: Uint8Array | null;
  readonly kept: number;
  /** A completion was pressed: its levels. */
  readonly onPick: (levels: Uint8Array) => void;
}

const GAP = 8;
/** Smallest width of a picture in CSS pixels. */
const SMALLEST = 88;

export function CompletionWall({ picture, count, playback, levels, kept, onPick }: CompletionWallProps) {
  const wall = useRef<HTMLDivElement>(null);
  const canvases = useRef<(HTMLCanvasElement | null)[]>([]);
  const size = picture.height * picture.width * picture.channels;
  const shown = useRef(new Uint8Array(0));
  const width = useWidth(wall);
  const state = usePlaybackPart(playback, "state");

  useEffect(() => {
    if (shown.current.length !== count * size) shown.current = new Uint8Array(count * size);
    const paint = () => {
      const fresh = playback === null ? 0 : playback.shown;
      const values =
        playback === null || playback.pixels.length !== count * size ? 0 : fresh * picture.channels;
      for (let i = 0; i < count; i++) {
        const context = canvases.current[i]?.getContext("2d");
        const from = i * size;
        if (values > 0) shown.current.set(playback!.pixels.subarray(from, from + values), from);
        if (levels !== null) shown.current.set(levels.subarray(0, kept), from);
        const final = Math.max(kept, values) / picture.channels;
        const complete = playback?.snapshot.state === "done";
        if (context && levels !== null)
          paintCompletion(context, shown.current.subarray(from, from + size), picture, { final, complete });
      }
    };
    paint();
    return playback?.subscribe(paint);
  }, [playback, picture, count, size, levels, kept]);

  useLayoutEffect(() => {
    if (width === 0 || wall.current === null) return;
    const columns = Math.max(2, Math.min(4, Math.floor((width + GAP) / (SMALLEST + GAP))));
    const cell = wholePixels(picture, (width + GAP) / columns - GAP, window.devicePixelRatio);
    wall.current.style.setProperty("--cell-width", `${cell.width}px`);
    wall.current.style.setProperty("--columns", String(columns));
  }, [picture, width]);

  return (
    <div ref={wall} className={styles.wall} data-drawing={levels === null ? "loading" : state}>
      {Array.from({ length: count }, (_, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a completion is called
          key={i}
          type="button"
          className={styles.pick}
          aria-label={`Inspect completion ${i + 1}`}
          title={`Inspect completion ${i + 1}`}
          onClick={() => onPick(shown.current.slice(i * size, (i + 1) * size))}
        >
          <canvas
            ref={(canvas) => {
              canvases.current[i] = canvas;
            }}
            className={styles.canvas}
            width={picture.width}
            height={picture.height}
          />
        </button>
      ))}
    </div>
  );
}
