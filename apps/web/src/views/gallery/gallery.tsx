"use client";
import { useModels } from "../../state/models/model-store.ts";
import styles from "./gallery.module.css";
import { ModelCard } from "./model-card.tsx";
import { LocalRuns } from "./runs/local-runs.tsx";
import { Wall } from "./wall.tsx";

export function Gallery() {
  const { models } = useModels();
  return (
    <>
      <Wall />
      <LocalRuns />
      <section className={styles.section} aria-labelledby="models-title">
        <h2 id="models-title">Models</h2>
        <p className={styles.note}>Choose one to draw with it, or a picture to see how it came about.</p>
        <div className={styles.cards}>
          {models
            ?.filter(({ source }) => source !== "run")
            .map((entry) => (
              <ModelCard key={entry.id} entry={entry} />
            ))}
        </div>
      </section>
    </>
  );
}
