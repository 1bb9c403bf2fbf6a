"use client";
/** The pictures of a drawing side by side, as large as whole screen pixels allow. Rests while it is out of view. */
import { useLayoutEffect, useRef } from "react";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import { PictureCanvas } from "./picture-canvas.tsx";
import { PictureLink } from "./picture-link.tsx";
import styles from "./picture-wall.module.css";
import { useInView } from "./use-in-view.ts";
import { useWidth } from "./use-width.ts";
import { wholePixels } from "./whole-pixels.ts";

interface PictureWallProps {
  /** Null while there is nothing to show: the place stays. */
  readonly playback: Playback | null;
  /** What the wall shows, for screen readers: "50 pictures of the model glyphs". */
  readonly label: string;
  /** Pictures in a row when there is room. */
  readonly columns: number;
  /** Where a picture leads, by its number; left out, the wall is only looked at. */
  readonly linkOf?: (index: number) => string;
  /** How many pictures will come: keeps their place while the model is not known. */
  readonly count?: number;
}

/** Below this width of a picture in CSS pixels, half as many stand in a row. */
const SMALLEST = 44;
/** Between pictures; more where whole screen pixels leave room, so that the wall is as wide as its place, but never so much that it falls apart. */
const GAP = 4;
const MOST_GAP = 12;
const SQUARE = { width: 1, height: 1 };

export function PictureWall({ playback, label, columns, linkOf, count = 0 }: PictureWallProps) {
  const picture = usePlaybackPart(playback, "picture");
  const state = usePlaybackPart(playback, "state");
  const wall = useRef<HTMLDivElement>(null);
  const width = useWidth(wall);
  useInView(playback, wall);

  useLayoutEffect(() => {
    if (width === 0) return;
    let inARow = columns;
    while (inARow > 2 && (width + GAP) / inARow - GAP < SMALLEST) inARow = Math.ceil(inARow / 2);
    const available = (width + GAP) / inARow - GAP;
    const cell = wholePixels(picture ?? SQUARE, available, window.devicePixelRatio);
    const { style } = wall.current!;
    style.setProperty("--cell-width", `${cell.width}px`);
    style.setProperty("--cell-height", `${cell.height}px`);
    const left = (width - inARow * cell.width) / Math.max(1, inARow - 1);
    style.setProperty("--gap", `${Math.min(MOST_GAP, Math.max(GAP, left))}px`);
    style.setProperty("--columns", String(inARow));
    style.setProperty("--rows", String(Math.ceil((playback?.count ?? count) / inARow)));
  }, [columns, count, playback, picture, width]);

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: either role takes a name.
    <div
      ref={wall}
      className={styles.wall}
      role={linkOf === undefined ? "img" : "group"}
      aria-label={label}
      data-drawing={state}
    >
      {playback !== null &&
        picture !== null &&
        width > 0 &&
        Array.from({ length: playback.count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a picture is called
          <PictureLink key={index} index={index} href={linkOf?.(index)}>
            <PictureCanvas playback={playback} index={index} />
          </PictureLink>
        ))}
    </div>
  );
}
