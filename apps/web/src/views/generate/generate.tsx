"use client";
import { useState } from "react";
import { DrawingStatus } from "../../controls/drawing-status.tsx";
import { Playback } from "../../controls/playback.tsx";
import { DevicePanel } from "../../device/device-panel.tsx";
import { Downloads } from "../../downloads/downloads.tsx";
import { useGrowth } from "../../drawing/use-growth.ts";
import { usePace } from "../../drawing/use-pace.ts";
import { useRequest } from "../../drawing/use-request.ts";
import type { ModelEntry } from "../../models/model-entry.ts";
import { ModelTrouble } from "../../models/model-trouble.tsx";
import { useChosenModel } from "../../models/use-chosen-model.ts";
import { PictureWall } from "../../pictures/picture-wall.tsx";
import { inspectLink } from "../../url-state/inspect-link.ts";
import { useDrawingState } from "../../url-state/use-drawing-state.ts";
import styles from "./generate.module.css";
import { Race } from "./race/race.tsx";
import { Settings } from "./settings.tsx";

export function Generate() {
  const [state] = useDrawingState();
  const { entry, summary, problem } = useChosenModel();
  const [pace, setPace] = usePace("calm");
  const [runs, setRuns] = useState(0);
  const request = useRequest(entry);
  const growth = useGrowth(entry, request, { pace, restarts: runs });
  const columns = Math.ceil(Math.sqrt(state.count));
  if (entry === null && problem !== null) return <ModelTrouble problem={problem} />;
  return (
    <>
      {problem !== null && <ModelTrouble problem={problem} />}
      <div className={styles.bench}>
        <section className={styles.pictures} aria-label="Pictures">
          <PictureWall
            growth={growth}
            columns={columns}
            count={state.count}
            linkOf={(index) =>
              inspectLink({
                model: entry?.id ?? "",
                seed: state.seed,
                temperature: state.temperature,
                label: state.class,
                index,
              })
            }
            label={`${state.count} pictures of the model ${entry?.title ?? ""}`}
          />
          <DrawingStatus
            entry={entry}
            growth={growth}
            done={({ computeMs }) => `Computed in ${(computeMs / state.count).toPrecision(3)} ms a picture`}
          />
          <Playback growth={growth} pace={pace} onPace={setPace} onRestart={() => setRuns(runs + 1)} />
          <Downloads growth={growth} name={`${fileName(entry)}-${state.seed}`} />
        </section>
        <Settings entry={entry} summary={summary} />
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
