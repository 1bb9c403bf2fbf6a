"use client";
import { useModels } from "../../models/model-store.ts";
import styles from "./gallery.module.css";
import { LocalRuns } from "./local-runs.tsx";
import { ModelSection } from "./model-section.tsx";
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
