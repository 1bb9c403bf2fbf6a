"use client";
/** A model as a card: pictures of its own, drawn when the visitor comes to it, real ones below, and one line. The whole card leads to Generate, every picture to itself. */
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { PictureWall } from "../../components/pictures/picture-wall.tsx";
import { watch } from "../../components/pictures/use-in-view.ts";
import { siteUrl } from "../../site/fetch-from-site.ts";
import { inspectLink } from "../../state/address/inspect-link.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback, usePlaybackSnapshot } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./gallery.module.css";

const COUNT = 8;
const COLUMNS = 4;

export function ModelCard({ entry }: { readonly entry: ModelEntry }) {
  const place = useRef<HTMLElement>(null);
  const isNear = useHasComeNear(place);
  const [{ seed }] = useDrawingState();
  const [pace] = usePace("calm");
  // By the wall's sampler: a page has one.
  const own = { count: COUNT, label: null, temperature: 1, sampler: "incremental" } as const;
  const request = useRequest(isNear ? entry : null, own);
  const playback = usePlayback(isNear ? entry : null, request, { pace });
  const { error } = usePlaybackSnapshot(playback);
  const { card, real } = entry;
  return (
    <article ref={place} className={styles.card} aria-labelledby={`model-${entry.id}`}>
      <div className={styles.samples}>
        <PictureWall
          playback={playback}
          columns={COLUMNS}
          linkOf={(index) => inspectLink({ model: entry.id, seed, index })}
          label={`${COUNT} pictures of the model ${entry.title}`}
        />
        {error !== null && <p role="alert">{error}</p>}
      </div>
      {real !== undefined && (
        <figure className={styles.real}>
          <figcaption>Real</figcaption>
          {/* biome-ignore lint/performance/noImgElement: a static export has no image server */}
          <img
            src={siteUrl(real.file)}
            width={real.width}
            height={real.height}
            loading="lazy"
            alt={`Real pictures, ${real.which}`}
          />
        </figure>
      )}
      <h3 id={`model-${entry.id}`} className={styles.line}>
        <Link
          className={styles.whole}
          href={`/generate/?model=${encodeURIComponent(entry.id)}`}
          prefetch={false}
        >
          {card === null ? entry.title : card.line}
        </Link>
      </h3>
      {card !== null && (
        <details className={styles.made}>
          <summary>How {entry.title} was made</summary>
          <p>{card.lead}</p>
          {real !== undefined && (
            <p>
              Shown are the first {COUNT} draws of seed {seed} and, in the row, real pictures: {real.which}.
              None was chosen.
            </p>
          )}
          <dl className={styles.facts}>
            {card.facts.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </article>
  );
}

/** True from the moment the element is about to be seen. */
function useHasComeNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (element.current === null || isNear) return;
    return watch(element.current, setIsNear, "200px");
  }, [element, isNear]);
  return isNear;
}
