"use client";
/** Which picture: those that the model draws, the test pictures it expected most and least, and the visitor's. */
import type { PictureShape } from "@pixelcnn/core";
import { useLayoutEffect, useRef } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { PictureCanvas } from "../../components/pictures/picture-canvas.tsx";
import { wholePixels } from "../../components/pictures/whole-pixels.ts";
import type { TestPicture } from "../../state/models/test-pictures.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import styles from "./picture-picker.module.css";
import { Thumbnail } from "./thumbnail.tsx";
import type { Inspected } from "./use-inspected.ts";

interface PicturePickerProps {
  readonly picture: PictureShape;
  readonly playback: Playback | null;
  /** Number of the first drawn picture. */
  readonly first: number;
  readonly count: number;
  /** Null while they are fetched: their place is kept. */
  readonly tests: readonly TestPicture[] | null;
  readonly inspected: Inspected;
  readonly onPick: (id: string) => void;
}

/** Width of a small picture in CSS pixels, at most. */
const LARGEST = 60;
/** Test pictures of either kind. */
const KEPT = 8;

export function PicturePicker({
  picture,
  playback,
  first,
  count,
  tests,
  inspected,
  onPick,
}: PicturePickerProps) {
  const kinds = [
    { title: "Most surprising of the test set", kind: "most" },
    { title: "Least surprising of the test set", kind: "least" },
    { title: "Others of the test set", kind: "real" },
  ];
  const frame = useRef<HTMLDivElement>(null);
  const state = usePlaybackPart(playback, "state");
  useLayoutEffect(() => {
    const cell = wholePixels(picture, LARGEST, window.devicePixelRatio);
    frame.current?.style.setProperty("--cell-width", `${cell.width}px`);
    frame.current?.style.setProperty("--cell-height", `${cell.height}px`);
  }, [picture]);
  return (
    <RadioGroup
      ref={frame}
      className={styles.groups ?? ""}
      data-drawing={state}
      value={inspected.id}
      onChange={onPick}
      aria-label="Picture to inspect"
      orientation="horizontal"
    >
      {inspected.yours !== null && (
        <div className={styles.group}>
          <span className={styles.title}>Yours</span>
          <div className={styles.pictures}>
            <Radio className={styles.option ?? ""} value="yours" aria-label="Your picture">
              <Thumbnail levels={inspected.yours} picture={picture} />
            </Radio>
          </div>
        </div>
      )}
      <div className={styles.group}>
        <span className={styles.title}>Drawn by the model</span>
        <div className={styles.pictures}>
          {Array.from({ length: count }, (_, i) => (
            <Radio
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a picture is called
              key={i}
              className={styles.option ?? ""}
              value={String(first + i)}
              aria-label={`Drawn picture ${first + i + 1}`}
            >
              {playback !== null && <PictureCanvas playback={playback} index={i} />}
            </Radio>
          ))}
        </div>
      </div>
      {kinds.map(({ title, kind }) => {
        const some = tests?.filter(({ id }) => id.startsWith(kind));
        if (some?.length === 0) return null;
        return (
          <div key={kind} className={styles.group}>
            <span className={styles.title}>{title}</span>
            <div className={styles.pictures}>
              {some === undefined &&
                // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
                Array.from({ length: KEPT }, (_, i) => <div key={i} className={styles.option} />)}
              {some?.map(({ id, levels, nats }, i) => (
                <Radio
                  key={id}
                  className={styles.option ?? ""}
                  value={id}
                  aria-label={`${title}, ${i + 1}${nats === null ? "" : `: ${nats.toFixed(1)} nats`}`}
                >
                  <Thumbnail levels={levels} picture={picture} />
                </Radio>
              ))}
            </div>
          </div>
        );
      })}
    </RadioGroup>
  );
}
