"use client";
/** A model with its card and pictures of its own, drawn when the visitor comes to it. */
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { PictureWall } from "../../components/pictures/picture-wall.tsx";
import { inspectLink } from "../../state/address/inspect-link.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback, usePlaybackSnapshot } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./gallery.module.css";

const COUNT = 20;
const COLUMNS = 5;

export function ModelSection({ entry }: { readonly entry: ModelEntry }) {
  const place = useRef<HTMLElement>(null);
  const isNear = useHasComeNear(place);
  const [{ seed }] = useDrawingState();
  const [pace] = usePace("calm");
  // By the wall's sampler: a page has one.
  const own = { count: COUNT, label: null, temperature: 1, sampler: "incremental" } as const;
  const request = useRequest(isNear ? entry : null, own);
  const playback = usePlayback(isNear ? entry : null, request, { pace });
  const { error } = usePlaybackSnapshot(playback);
  return (
    <section ref={place} className={styles.model} aria-labelledby={`model-${entry.id}`}>
      <div className={styles.card}>
        <h3 id={`model-${entry.id}`}>{entry.title}</h3>
        {entry.card !== null && <p>{entry.card.lead}</p>}
        {entry.card !== null && (
          <details>
            <summary>How it was made</summary>
            <dl className={styles.facts}>
              {entry.card.facts.map(([name, text]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
        <p>
          <Link href={`/generate/?model=${encodeURIComponent(entry.id)}`} prefetch={false}>
            Draw with {entry.title}
          </Link>
        </p>
      </div>
      <div className={styles.samples}>
        <PictureWall
          playback={playback}
          columns={COLUMNS}
          linkOf={(index) => inspectLink({ model: entry.id, seed, index })}
          label={`${COUNT} pictures of the model ${entry.title}`}
        />
        {error !== null && <p role="alert">{error}</p>}
      </div>
    </section>
  );
}

/** True from the moment the element is about to be seen. */
function useHasComeNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (element.current === null || isNear) return;
    const observer = new IntersectionObserver(([entry]) => setIsNear(entry!.isIntersecting), {
      rootMargin: "200px",
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isNear]);
  return isNear;
}
