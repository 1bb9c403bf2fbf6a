"use client";
/** A model with its card and pictures of its own, drawn when the visitor comes to it. */
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useGrowth, useGrowthSnapshot } from "../../drawing/use-growth.ts";
import { usePace } from "../../drawing/use-pace.ts";
import { useRequest } from "../../drawing/use-request.ts";
import type { ModelEntry } from "../../models/model-entry.ts";
import { PictureWall } from "../../pictures/picture-wall.tsx";
import { inspectLink } from "../../url-state/inspect-link.ts";
import { useDrawingState } from "../../url-state/use-drawing-state.ts";
import styles from "./gallery.module.css";

const COUNT = 20;
const COLUMNS = 5;

export function ModelSection({ entry }: { readonly entry: ModelEntry }) {
  const place = useRef<HTMLElement>(null);
  const isNear = useHasComeNear(place);
  const [{ seed }] = useDrawingState();
  const [pace] = usePace("calm");
  const request = useRequest(isNear ? entry : null, { count: COUNT, label: null, temperature: 1 });
  const growth = useGrowth(isNear ? entry : null, request, { pace });
  const { error } = useGrowthSnapshot(growth);
  return (
    <section ref={place} className={styles.model} aria-labelledby={`model-${entry.id}`}>
      <div className={styles.card}>
        <h3 id={`model-${entry.id}`}>{entry.title}</h3>
        {entry.card !== null && <p>{entry.card.lead}</p>}
        <dl className={styles.facts}>
          {entry.card?.facts.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <p>
          <Link href={`/generate/?model=${encodeURIComponent(entry.id)}`} prefetch={false}>
            Draw with {entry.title}
          </Link>
        </p>
      </div>
      <div className={styles.samples}>
        <PictureWall
          growth={growth}
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
