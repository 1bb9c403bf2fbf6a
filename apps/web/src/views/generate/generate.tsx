"use client";
import { useState } from "react";
import { Playback } from "../../controls/playback.tsx";
import { DevicePanel } from "../../device/device-panel.tsx";
import { Downloads } from "../../downloads/downloads.tsx";
import { useGrowth } from "../../drawing/use-growth.ts";
import { usePace } from "../../drawing/use-pace.ts";
import { useRequest } from "../../drawing/use-request.ts";
import type { ModelEntry } from "../../models/model-entry.ts";
import { useModel } from "../../models/use-model.ts";
import { useModelSummary } from "../../models/use-model-summary.ts";
import { PictureWall } from "../../pictures/picture-wall.tsx";
import { useDrawingState } from "../../url-state/use-drawing-state.ts";
import { DrawingStatus } from "./drawing-status.tsx";
import styles from "./generate.module.css";
import { Race } from "./race/race.tsx";
import { Settings } from "./settings.tsx";

export function Generate() {
  const [state] = useDrawingState();
  const { entry, problem } = useModel(state.model);
  const known = useModelSummary(entry);
  const [pace, setPace] = usePace("calm");
  const [runs, setRuns] = useState(0);
  const request = useRequest(entry);
  const growth = useGrowth(entry, request, { pace, restarts: runs });
  const columns = Math.ceil(Math.sqrt(state.count));
  return (
    <>
      <div className={styles.bench}>
        <section className={styles.pictures} aria-label="Pictures">
          <PictureWall
            growth={growth}
            columns={columns}
            count={state.count}
            label={`${state.count} pictures of the model ${entry?.title ?? ""}`}
          />
          <DrawingStatus growth={growth} problem={problem ?? known.problem} />
          <Playback growth={growth} pace={pace} onPace={setPace} onRestart={() => setRuns(runs + 1)} />
          <Downloads growth={growth} name={`${fileName(entry)}-${state.seed}`} />
        </section>
        <Settings entry={entry} summary={known.summary} />
      </div>
      <div className={styles.below}>
        <Race entry={entry} />
        <DevicePanel entry={entry} />
      </div>
    </>
  );
}

function fileName(entry: ModelEntry | null): string {
  return (entry?.id ?? "pictures").replace(/[^\w-]+/g, "-");
}
