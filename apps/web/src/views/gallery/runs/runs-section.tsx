"use client";
import type { RunDigest } from "../../../state/runs/run-digest.ts";
import styles from "../gallery.module.css";
import { RunPanel } from "./run-panel.tsx";

export function RunsSection({ runs }: { readonly runs: readonly RunDigest[] }) {
  return (
    <section className={styles.section} aria-labelledby="runs-title">
      <h2 id="runs-title">Trainings of this machine</h2>
      <p className={styles.note}>
        Read from <code>runs/</code> while they are written. All sheets of a training come from the same
        noise; one slider moves them all.
      </p>
      <div className={styles.runs}>
        {runs.map((run) => (
          <RunPanel key={run.name} run={run} />
        ))}
      </div>
    </section>
  );
}
