"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { FileChooser } from "../../components/controls/file-chooser.tsx";
import { DevicePanel } from "../../components/device/device-panel.tsx";
import { useDroppedPicture } from "../../components/files/dropped-picture.ts";
import { inBrowser } from "../../components/page/in-browser.tsx";
import { groundLevel } from "../../components/pictures/ground-level.ts";
import { packLevels } from "../../components/pictures/pack-levels.ts";
import { PlaybackControls } from "../../components/playback/playback-controls.tsx";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { useModels } from "../../state/models/model-store.ts";
import { useChosenModel } from "../../state/models/use-chosen-model.ts";
import { usePace } from "../../state/playback/pace.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./complete.module.css";
import { CompletionStatus } from "./completion-status.tsx";
import { CompletionWall } from "./completion-wall.tsx";
import { Settings } from "./settings.tsx";
import { SketchCanvas } from "./sketch-canvas.tsx";
import { Tools } from "./tools.tsx";
import { useClassMix } from "./use-class-mix.ts";
import { useCompleteState } from "./use-complete-state.ts";
import { useCompletions } from "./use-completions.ts";
import { useExample } from "./use-example.ts";
import { useKeptLevels } from "./use-kept-levels.ts";
import { useRows } from "./use-rows.ts";
import { useSketch } from "./use-sketch.ts";
import { brushOf, useTool } from "./use-tool.ts";

/** Most visitors have none: fetched with the first. */
const ModelTrouble = inBrowser(() =>
  import("../../components/settings/model-trouble.tsx").then(({ ModelTrouble }) => ModelTrouble),
);

export function Complete() {
  const [state] = useDrawingState();
  const [own, setOwn] = useCompleteState();
  const { entry, summary, problem } = useChosenModel();
  const picture = summary?.picture ?? null;
  const sketch = useSketch(picture);
  const [tool, setTool] = useTool();
  const [pace, setPace] = usePace("calm");
  const [runs, setRuns] = useState(0);
  const router = useRouter();

  const commit = useRef(sketch.commit);
  commit.current = sketch.commit;
  const example = useRef(0);
  // What the visitor gives while an example is drawn is not replaced by it.
  const isExampleWanted = useRef(false);
  const drawExample = useExample(
    entry,
    summary,
    state.class,
    useCallback((levels: Uint8Array) => {
      if (isExampleWanted.current) commit.current(levels);
    }, []),
  );
  const showExample = (number: number) => {
    isExampleWanted.current = true;
    drawExample(number);
  };
  const isEmpty = picture !== null && sketch.levels === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every model that finds no drawing.
  useEffect(() => {
    if (!isEmpty) return;
    const inherited = sketch.inherited();
    if (inherited === null) showExample(example.current);
    else sketch.commit(inherited);
  }, [isEmpty, summary]);

  const takePicture = async (file: File) => {
    if (picture === null) return;
    isExampleWanted.current = false;
    try {
      const { readPicture } = await import("../../components/pictures/read-picture.ts");
      commit.current(await readPicture(file, picture));
    } catch (error) {
      const text = `${file.name} cannot be used: ${(error as Error).message}.`;
      useModels.setState({ fileMessage: { kind: "error", text } });
    }
  };
  useDroppedPicture(
    "Drop the picture to complete it, or a model file to use it.",
    picture === null ? null : (file) => void takePicture(file),
  );

  const rows = useRows(picture?.height ?? 0);
  const kept = picture === null ? 0 : rows * picture.width * picture.channels;
  const classes = summary?.classes ?? 0;
  const seen = useKeptLevels(sketch.levels, kept, sketch.isDrawing);
  const mix = useClassMix(entry, {
    levels: seen.levels,
    kept,
    classes,
    label: state.class,
    count: own.completions,
  });
  const drawn = useRequest(entry, { count: own.completions });
  const { labels } = mix;
  const plan = useMemo(
    () => (drawn === null || (classes > 0 && labels === null) ? null : { ...drawn, labels }),
    [drawn, classes, labels],
  );
  const playback = useCompletions(
    entry,
    plan,
    { ...seen, kept },
    { pace: seen.isDrawing && pace !== "whole" ? "full" : pace, restarts: runs },
  );

  const inspect = (levels: Uint8Array) => {
    if (picture === null) return;
    const query = new URLSearchParams(window.location.search);
    const packed = packLevels(levels, picture);
    if (packed !== null) query.set("drawing", packed);
    router.push(`/inspect/?${query}`);
  };

  // The first thing that is seen has its final size.
  const wasShown = useRef(false);
  wasShown.current ||= picture !== null || problem !== null;
  if (!wasShown.current) return null;
  if (picture === null && problem !== null) return <ModelTrouble problem={problem} />;
  return (
    <div className={styles.bench}>
      <section className={styles.sketch} aria-label="Your picture">
        {picture !== null && (
          <SketchCanvas
            key={`${picture.width} ${picture.height}`}
            picture={picture}
            sketch={sketch}
            brush={brushOf(tool, picture)}
            eraser={brushOf({ ...tool, kind: "erase" }, picture)}
            rows={rows}
            onRows={(next) => void setOwn({ rows: next })}
          />
        )}
      </section>
      <section className={styles.completions} aria-label="Completions">
        {picture !== null && (
          <CompletionWall
            key={`${picture.width} ${picture.height} ${picture.channels}`}
            picture={picture}
            count={own.completions}
            playback={playback}
            levels={seen.levels}
            kept={kept}
            onPick={inspect}
          />
        )}
        <CompletionStatus
          entry={entry}
          playback={playback}
          problem={problem ?? mix.problem}
          kept={kept}
          probabilities={mix.probabilities}
          hasClasses={classes > 0}
        />
        <PlaybackControls
          playback={playback}
          pace={pace}
          onPace={setPace}
          onRestart={() => setRuns(runs + 1)}
        />
      </section>
      <section className={styles.tools} aria-label="Tools">
        <Tools tool={tool} onTool={setTool} picture={picture ?? { levels: 2, channels: 1 }} />
        <div className={styles.buttons}>
          <Button onClick={sketch.undo} disabled={!sketch.canUndo}>
            Undo
          </Button>
          <Button onClick={sketch.redo} disabled={!sketch.canRedo}>
            Redo
          </Button>
          <Button
            onClick={() =>
              sketch.levels &&
              picture &&
              sketch.commit(new Uint8Array(sketch.levels.length).fill(groundLevel(picture)))
            }
          >
            Clear
          </Button>
          {!picture?.palette && (
            <Button
              onClick={() =>
                sketch.levels && picture && sketch.commit(inverted(sketch.levels, picture.levels))
              }
            >
              Invert
            </Button>
          )}
          <Button onClick={() => showExample(++example.current)}>Another example</Button>
          <FileChooser label="Open a picture…" accept="image/*" onFile={(file) => void takePicture(file)} />
        </div>
        {!sketch.isLinked && (
          <p className={styles.note}>This picture is too large for a link: it stays here.</p>
        )}
      </section>
      <Settings entry={entry} classes={classes} />
      <div className={styles.device}>
        <DevicePanel entry={entry} />
      </div>
    </div>
  );
}

function inverted(levels: Uint8Array, count: number): Uint8Array {
  return levels.map((level) => count - 1 - level);
}
