"use client";
import type { PictureShape } from "@pixelcnn/core";
import { pixelBits } from "@pixelcnn/pictures";
import { useMemo, useRef, useState } from "react";
import { Button } from "../../components/controls/button.tsx";
import { Choice } from "../../components/controls/choice.tsx";
import { FileChooser } from "../../components/controls/file-chooser.tsx";
import { useDroppedPicture } from "../../components/files/dropped-picture.ts";
import { packLevels } from "../../components/pictures/pack-levels.ts";
import { readPicture } from "../../components/pictures/read-picture.ts";
import type { ShapedPicture } from "../../components/pictures/resize-levels.ts";
import { FileButton } from "../../components/settings/file-button.tsx";
import { ModelChoice } from "../../components/settings/model-choice.tsx";
import { ModelTrouble } from "../../components/settings/model-trouble.tsx";
import { shortSeed } from "../../state/address/short-seed.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { Question } from "../../state/likelihood/use-likelihood.ts";
import { useLikelihood } from "../../state/likelihood/use-likelihood.ts";
import { useModels } from "../../state/models/model-store.ts";
import { useChosenModel } from "../../state/models/use-chosen-model.ts";
import { useTestPictures } from "../../state/models/use-test-pictures.ts";
import { describeProgress } from "../../state/playback/describe-progress.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback, usePlaybackSnapshot } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import type { Field } from "../../workers/likelihood/prediction.ts";
import { AttentionMaps } from "./attention-maps.tsx";
import { DrawingSteps } from "./drawing-steps.tsx";
import { FieldComparison } from "./field-comparison.tsx";
import styles from "./inspect.module.css";
import { PicturePicker } from "./picture-picker.tsx";
import { PixelPanel } from "./pixel-panel.tsx";
import { type Look, useInspectState } from "./use-inspect-state.ts";
import { pictureNumber, useInspected } from "./use-inspected.ts";
import { usePixel } from "./use-pixel.ts";
import { useReading } from "./use-reading.ts";
import { Views } from "./views.tsx";

/** Pictures that the model draws to be inspected. */
const COUNT = 12;

const looks = [
  { value: "field", text: "What it sees" },
  { value: "plain", text: "Plain" },
  { value: "drawing", text: "As it is drawn" },
] as const satisfies readonly { value: Look; text: string }[];

export function Inspect() {
  const [state, setState] = useDrawingState();
  const [own, setOwn] = useInspectState();
  const { entry, summary, problem } = useChosenModel();
  const picture = summary?.picture ?? null;
  const likelihood = summary?.likelihood ?? null;
  const firstIndex = Math.floor((pictureNumber(own.picture) ?? 0) / COUNT) * COUNT;
  const plan = useRequest(entry, { count: COUNT, firstIndex });
  const [pace] = usePace("full");
  const playback = usePlayback(entry, plan, { pace });
  const drawing = usePlaybackSnapshot(playback);
  const tests = useTestPictures(entry, picture);
  const [large, setLarge] = useState<ShapedPicture | null>(null);
  const inspected = useInspected(picture, plan, playback, tests, large);
  const [hovered, setHovered] = useState<readonly [number, number] | null>(null);

  const { levels } = inspected;
  const classes = summary?.classes ?? 0;
  const wanted = state.class !== null && state.class < classes ? state.class : null;
  const label = inspected.id === "yours" ? wanted : inspected.label;
  const { reading, problem: unread } = useReading(entry, inspected, label, state);
  const fields = useLikelihood(
    useMemo<Question<Field[]> | null>(
      () => entry && { entry, ask: (engine) => engine.receptiveFields(entry.id) },
      [entry],
    ),
  );
  const takePicture = async (file: File) => {
    if (picture === null) return;
    try {
      show(await readPicture(file, picture));
    } catch (error) {
      const text = `${file.name} cannot be used: ${(error as Error).message}.`;
      useModels.setState({ fileMessage: { kind: "error", text } });
    }
  };
  const show = (yours: Uint8Array) => {
    if (picture === null) return;
    const drawing = packLevels(yours, picture);
    setLarge(drawing === null ? { shape: picture, levels: yours } : null);
    void setOwn({ drawing, picture: null });
  };
  useDroppedPicture(
    "Drop the picture to inspect it, or a model file to use it.",
    picture === null ? null : (file) => void takePicture(file),
  );

  const trouble = problem ?? drawing.error ?? unread ?? fields.problem;
  const total = picture === null ? 0 : picture.height * picture.width;
  const striking = useMemo(
    () => reading && picture && mostSurprising(reading.prediction.logProbabilities, picture),
    [reading, picture],
  );
  const chosen = usePixel(picture, striking);
  const isDrawing = own.look === "drawing";
  const pixel = isDrawing ? chosen : (hovered ?? chosen);
  const choose = (next: readonly [number, number]) => void setOwn({ pixel: next });

  // The first thing that is seen has its final size.
  const wasShown = useRef(false);
  wasShown.current ||= picture !== null || trouble !== null;
  if (!wasShown.current) return null;
  if (picture === null && problem !== null) return <ModelTrouble problem={problem} />;
  return (
    <div className={styles.view}>
      {trouble !== null && (
        <p className={styles.trouble} role="alert">
          {trouble}
        </p>
      )}
      <div className={styles.bench}>
        <section className={styles.pictures} aria-label="The picture">
          <div className={styles.toolbar}>
            <Choice
              label="Show"
              value={own.look}
              options={looks}
              onChange={(look) => void setOwn({ look })}
            />
          </div>
          {picture !== null && chosen !== null && (
            <Views
              // What is painted of one model never stands under another's name.
              key={entry?.id}
              picture={picture}
              reading={reading}
              waitingFor={
                trouble === null
                  ? levels === null
                    ? describeProgress(entry, drawing)
                    : "Reading the picture…"
                  : ""
              }
              field={fields.value?.[0] ?? null}
              pixel={pixel}
              look={own.look}
              onHover={setHovered}
              onChoose={choose}
            />
          )}
          {isDrawing && picture !== null && chosen !== null && (
            <DrawingSteps
              position={chosen[0] * picture.width + chosen[1]}
              total={total}
              onPosition={(next) => choose([Math.floor(next / picture.width), next % picture.width])}
            />
          )}
        </section>
        <section className={styles.panel} data-channels={picture?.channels ?? 1} aria-label="The pixel">
          {reading !== null && picture !== null && likelihood !== null && pixel !== null && (
            <PixelPanel picture={picture} likelihood={likelihood} reading={reading} pixel={pixel} />
          )}
        </section>
        <section className={styles.sources} aria-label="Pictures">
          {picture !== null && (
            <PicturePicker
              picture={picture}
              playback={playback}
              first={firstIndex}
              count={COUNT}
              tests={tests}
              inspected={inspected}
              onPick={(id) => void setOwn({ picture: id })}
            />
          )}
          {inspected.yours !== null && !inspected.isLinked && (
            <p className={styles.note}>Your picture is too large for a link: it stays here.</p>
          )}
        </section>
        <section className={styles.settings} aria-label="Settings">
          <ModelChoice
            entry={entry}
            classes={classes}
            anyClass={inspected.id === "yours" ? "the likeliest" : "all in turn"}
          />
          <div className={styles.buttons}>
            <Button onClick={() => void setState({ seed: shortSeed() })}>Draw others</Button>
            <FileButton entry={entry} />
            <FileChooser label="Open a picture…" accept="image/*" onFile={(file) => void takePicture(file)} />
            {inspected.id === "yours" && levels !== null && picture !== null && (
              <Button onClick={() => show(levels.map((level) => picture.levels - 1 - level))}>Invert</Button>
            )}
          </div>
        </section>
      </div>
      {entry !== null && reading !== null && picture !== null && pixel !== null && (
        <AttentionMaps entry={entry} picture={picture} reading={reading} pixel={pixel} onChoose={choose} />
      )}
      {fields.value !== null && reading !== null && picture !== null && pixel !== null && (
        <FieldComparison fields={fields.value} picture={picture} levels={reading.levels} pixel={pixel} />
      )}
    </div>
  );
}

/** Where a visitor looks first. */
function mostSurprising(
  logProbabilities: Float32Array,
  { height, width, channels }: PictureShape,
): [number, number] {
  let most = 0;
  for (let i = 1; i < height * width; i++) {
    if (pixelBits(logProbabilities, i, channels) > pixelBits(logProbabilities, most, channels)) most = i;
  }
  return [Math.floor(most / width), most % width];
}
