"use client";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { useModels } from "../../state/models/model-store.ts";
import styles from "./gallery.module.css";
import { ModelCard } from "./model-card.tsx";
import { LocalRuns } from "./runs/local-runs.tsx";
import { Wall } from "./wall.tsx";

export function Gallery() {
  const { models } = useModels();
  const [{ seed }] = useDrawingState();
  return (
    <>
      <Wall />
      <LocalRuns />
      <section className={styles.section} aria-labelledby="models-title">
        <h2 id="models-title">Models</h2>
        <p className={styles.note}>
          Choose one to draw with it, or a picture to see how it came about. Here and above are the first
          draws of seed {seed} at temperature 1, none chosen; each model’s have real pictures below.
        </p>
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
