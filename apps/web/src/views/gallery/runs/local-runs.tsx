"use client";
import { inBrowser } from "../../../components/page/in-browser.tsx";
import { useRunsList } from "../../../state/runs/use-runs-list.ts";

/** Charts and sliders come only where there are trainings to show. */
const RunsSection = inBrowser(() => import("./runs-section.tsx").then(({ RunsSection }) => RunsSection));

export function LocalRuns() {
  const runs = useRunsList();
  return runs !== null && runs.length > 0 && <RunsSection runs={runs} />;
}
