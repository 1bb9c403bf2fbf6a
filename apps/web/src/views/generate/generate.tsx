"use client";
import { useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { DevicePanel } from "../../components/device/device-panel.tsx";
import { Downloads } from "../../components/downloads/downloads.tsx";
import { PictureWall } from "../../components/pictures/picture-wall.tsx";
import { DrawingStatus } from "../../components/playback/drawing-status.tsx";
import { PlaybackControls } from "../../components/playback/playback-controls.tsx";
import { ModelTrouble } from "../../components/settings/model-trouble.tsx";
import { inspectLink } from "../../state/address/inspect-link.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useChosenModel } from "../../state/models/use-chosen-model.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./generate.module.css";
import { Race } from "./race/race.tsx";
import { Settings } from "./settings.tsx";
import { useDrawingOn } from "./use-drawing-on.ts";

export function Generate() {
  const [state] = useDrawingState();
  const { entry, summary, problem } = useChosenModel();
  const [pace, setPace] = usePace("calm");
  const [runs, setRuns] = useState(0);
  const request = useRequest(entry);
  const playback = usePlayback(entry, request, { pace, restarts: runs });
  const [isDrawingOn, setDrawingOn] = useDrawingOn(playback);
  const columns = Math.ceil(Math.sqrt(state.count));
  if (entry === null && problem !== null) return <ModelTrouble problem={problem} />;
  return (
    <>
      {problem !== null && <ModelTrouble problem={problem} />}
      <div className={styles.bench}>
        <section className={styles.pictures} aria-label="Pictures">
          <PictureWall
            playback={playback}
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
            playback={playback}
            done={({ computeMs }) => `Computed in ${(computeMs / state.count).toPrecision(3)} ms per picture`}
          />
          <PlaybackControls
            playback={playback}
            pace={pace}
            onPace={setPace}
            onRestart={() => setRuns(runs + 1)}
          >
            <Button aria-pressed={isDrawingOn} onClick={() => setDrawingOn(!isDrawingOn)}>
              On and on
            </Button>
          </PlaybackControls>
          <Downloads entry={entry} playback={playback} name={`${fileName(entry)}-${state.seed}`} />
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
