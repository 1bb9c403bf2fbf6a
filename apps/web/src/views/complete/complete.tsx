"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../controls/button.tsx";
import { Playback } from "../../controls/playback.tsx";
import { DevicePanel } from "../../device/device-panel.tsx";
import { usePace } from "../../drawing/use-pace.ts";
import { useRequest } from "../../drawing/use-request.ts";
import { useModels } from "../../models/model-store.ts";
import { useModel } from "../../models/use-model.ts";
import { useModelSummary } from "../../models/use-model-summary.ts";
import { useDroppedPicture } from "../../pictures/dropped-picture.ts";
import { packLevels } from "../../pictures/pack-levels.ts";
import { PictureButton } from "../../pictures/picture-button.tsx";
import { readPicture } from "../../pictures/read-picture.ts";
import { useDrawingState } from "../../url-state/use-drawing-state.ts";
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
import { useSketch } from "./use-sketch.ts";
import { brushOf, useTool } from "./use-tool.ts";

export function Complete() {
  const [state] = useDrawingState();
  const [own, setOwn] = useCompleteState();
  const { entry, problem } = useModel(state.model);
  const known = useModelSummary(entry);
  const picture = known.summary?.picture ?? null;
  const sketch = useSketch(picture);
  const [tool, setTool] = useTool();
  const [pace, setPace] = usePace("calm");
  const [runs, setRuns] = useState(0);
  const router = useRouter();

  const commit = useRef(sketch.commit);
  commit.current = sketch.commit;
  const example = useRef(0);
  const drawExample = useExample(
    entry,
    known.summary,
    state.class,
    useCallback((levels: Uint8Array) => commit.current(levels), []),
  );
  const isEmpty = picture !== null && sketch.levels === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every model that finds no drawing.
  useEffect(() => {
    if (!isEmpty) return;
    const inherited = sketch.inherited();
    if (inherited === null) drawExample(example.current);
    else sketch.commit(inherited);
  }, [isEmpty, known.summary]);

  const takePicture = async (file: File) => {
    if (picture === null) return;
    try {
      commit.current(await readPicture(file, picture));
    } catch (error) {
      const text = `${file.name} cannot be used: ${(error as Error).message}.`;
      useModels.setState({ fileMessage: { kind: "error", text } });
    }
  };
  useDroppedPicture(
    "Drop the picture to complete it, or a model file to use it.",
    (file) => void takePicture(file),
  );

  const rows = Math.min(own.rows ?? Math.floor((picture?.height ?? 0) / 2), picture?.height ?? 0);
  const kept = picture === null ? 0 : rows * picture.width * picture.channels;
  const classes = known.summary?.classes ?? 0;
  const mix = useClassMix(entry, {
    levels: sketch.levels,
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
  const growth = useCompletions(
    entry,
    plan,
    { levels: sketch.levels, kept, isDrawing: sketch.isDrawing },
    { pace: sketch.isDrawing && pace !== "whole" ? "full" : pace, restarts: runs },
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
  wasShown.current ||= picture !== null || problem !== null || known.problem !== null;
  if (!wasShown.current) return null;
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
            growth={growth}
            levels={sketch.levels}
            kept={kept}
            onPick={inspect}
          />
        )}
        <CompletionStatus
          growth={growth}
          problem={problem ?? known.problem ?? mix.problem}
          probabilities={mix.probabilities}
          hasClasses={classes > 0}
        />
        <Playback growth={growth} pace={pace} onPace={setPace} onRestart={() => setRuns(runs + 1)} />
      </section>
      <section className={styles.tools} aria-label="Tools">
        <Tools tool={tool} onTool={setTool} levels={picture?.levels ?? 2} channels={picture?.channels ?? 1} />
        <div className={styles.buttons}>
          <Button onClick={sketch.undo} disabled={!sketch.canUndo}>
            Undo
          </Button>
          <Button onClick={() => sketch.levels && sketch.commit(new Uint8Array(sketch.levels.length))}>
            Clear
          </Button>
          <Button
            onClick={() => sketch.levels && picture && sketch.commit(inverted(sketch.levels, picture.levels))}
          >
            Invert
          </Button>
          <Button onClick={() => drawExample(++example.current)}>Another example</Button>
          <PictureButton onPicture={(file) => void takePicture(file)} />
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
