"use client";
import { useModels } from "../../state/models/model-store.ts";
import styles from "./gallery.module.css";
import { ModelSection } from "./model-section.tsx";
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
        {models
          ?.filter(({ source }) => source !== "run")
          .map((entry) => (
            <ModelSection key={entry.id} entry={entry} />
          ))}
      </section>
    </>
  );
}
