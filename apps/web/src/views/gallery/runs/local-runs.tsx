"use client";
import { inBrowser } from "../../../components/page/in-browser.tsx";
import { useRunsList } from "../../../state/runs/use-runs.ts";
import styles from "../gallery.module.css";

/** Charts and sliders come only where there are trainings to show. */
const RunPanel = inBrowser(() => import("./run-panel.tsx").then(({ RunPanel }) => RunPanel));

export function LocalRuns() {
  const runs = useRunsList();
  if (runs === null || runs.length === 0) return null;
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
