"use client";
/** One picture, large, and so slow that the eye follows its pixels. */
import Link from "next/link";
import { useRef } from "react";
import { PictureCanvas } from "../../components/pictures/picture-canvas.tsx";
import { useInView } from "../../components/pictures/use-in-view.ts";
import { inspectLink } from "../../state/address/inspect-link.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback, usePlaybackPart } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./gallery.module.css";

/** @param entry null until it is known. */
export function GrowingPicture({ entry }: { readonly entry: ModelEntry | null }) {
  const place = useRef<HTMLElement>(null);
  const [{ seed }] = useDrawingState();
  const [pace] = usePace("slow");
  const request = useRequest(entry, { count: 1, label: null, temperature: 1, sampler: "incremental" });
  const playback = usePlayback(entry, request, { pace });
  const picture = usePlaybackPart(playback, "picture");
  useInView(playback, place);
  return (
    <figure ref={place} className={styles.growing}>
      {playback !== null && picture !== null && entry !== null ? (
        <Link
          className={styles.square}
          href={inspectLink({ model: entry.id, seed, index: 0 })}
          prefetch={false}
          aria-label="Inspect the picture that grows"
        >
          <PictureCanvas playback={playback} index={0} />
        </Link>
      ) : (
        <div className={styles.square} />
      )}
      <figcaption>It chooses one pixel after the other.</figcaption>
    </figure>
  );
}
