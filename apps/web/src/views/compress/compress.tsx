"use client";
import { levelToByte } from "@pixelcnn/core/data";
import { useEffect, useMemo, useRef } from "react";
import { Button } from "../../components/controls/button.tsx";
import { FileChooser } from "../../components/controls/file-chooser.tsx";
import { saveFile } from "../../components/downloads/save-file.ts";
import { useDroppedPicture } from "../../components/files/dropped-picture.ts";
import { FileButton } from "../../components/settings/file-button.tsx";
import { ModelChoice } from "../../components/settings/model-choice.tsx";
import { ModelTrouble } from "../../components/settings/model-trouble.tsx";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { useModels } from "../../state/models/model-store.ts";
import { useChosenModel } from "../../state/models/use-chosen-model.ts";
import { useTestPictures } from "../../state/models/use-test-pictures.ts";
import type { StoredPicture } from "../../workers/compression/compressed.ts";
import styles from "./compress.module.css";
import { type Given, useGiven } from "./given-store.ts";
import { pngOf } from "./other-sizes.ts";
import { paintBits, paintPicture } from "./paint-picture.ts";
import { SizeTable } from "./size-table.tsx";
import { TroubleLine } from "./trouble-line.tsx";
import { useCompressed } from "./use-compressed.ts";
import { useOpening } from "./use-opening.ts";

/** One picture, and what its files are called. */
interface Shown {
  readonly name: string;
  readonly picture: StoredPicture;
}

export function Compress() {
  const [{ class: label }] = useDrawingState();
  const { entry, summary, problem } = useChosenModel();
  const shape = summary?.picture ?? null;
  const tests = useTestPictures(entry, shape);
  const { given, number } = useGiven();
  const { open, trouble: unread, giveUp } = useOpening(entry);
  const anySize = useModels(({ models }) => models)?.filter(({ takesAnySize }) => takesAnySize) ?? [];
  const example = useMemo<Shown | null>(() => {
    const test = tests?.[number % tests.length];
    if (shape === null || test === undefined) return null;
    const { height, width, channels, levels: K, palette } = shape;
    if (palette) {
      const values = Uint8Array.from([...test.levels].flatMap((level) => palette[level]!));
      return { name: `test-${test.id}`, picture: { height, width, channels: 4, values } };
    }
    const values = test.levels.map((level) => levelToByte(level, K));
    return { name: `test-${test.id}`, picture: { height, width, channels, values } };
  }, [tests, shape, number]);
  const shown = useMemo(() => (given === null ? example : shownOf(given)), [given, example]);
  const { outcome, share, trouble: refused } = useCompressed(entry, shown?.picture ?? null, label);

  useDroppedPicture(
    "Drop a picture to compress it, a .pxc file to see it again, or a model file to use it.",
    entry === null ? null : (file) => void open(file),
    { compressed: true },
  );

  if (shape === null && problem !== null) return <ModelTrouble problem={problem} />;
  const trouble = problem === null ? (unread ?? refused) : { text: problem, models: [] };
  const name = shown?.name ?? "picture";
  return (
    <div className={styles.view}>
      {trouble !== null && <TroubleLine {...trouble} />}
      <div
        className={styles.pictures}
        data-drawing={outcome !== null || trouble !== null ? "done" : "drawing"}
      >
        <PictureFigure
          picture={shown?.picture ?? null}
          square={shape}
          place={given !== null && given.pictures.length > 1 ? placeOf(given) : ""}
        />
        <BitsFigure
          picture={outcome?.picture ?? null}
          pixelBits={outcome?.pixelBits ?? null}
          square={shape}
        />
        <section className={styles.result} aria-label="Sizes">
          <SizeTable outcome={outcome} />
          <p className={styles.status} role="status">
            {outcome === null
              ? trouble === null && shown !== null && `Compressing, ${Math.floor(100 * share)} %`
              : `Every pixel comes back, on every machine that has this model${outcome.label === null ? "" : `. Compressed as class ${outcome.label}`}.`}
          </p>
          <div className={styles.buttons}>
            <Button
              disabled={outcome === null}
              onClick={() => saveFile(outcome!.file, `${name}.pxc`, "application/octet-stream")}
            >
              Save as .pxc
            </Button>
            <Button
              disabled={shown === null}
              onClick={() => saveFile(pngOf(shown!.picture), `${name}.png`, "image/png")}
            >
              Save as PNG
            </Button>
          </div>
        </section>
      </div>
      <section className={styles.settings} aria-label="Settings">
        <ModelChoice entry={entry} classes={summary?.classes ?? 0} anyClass="the smallest" />
        <div className={styles.buttons}>
          <FileChooser
            label="Open a picture or .pxc…"
            accept="image/*,.pxc"
            onFile={(file) => void open(file)}
          />
          {given !== null && given.pictures.length > 1 && (
            <Button
              onClick={() =>
                useGiven.setState({ given: { ...given, shown: (given.shown + 1) % given.pictures.length } })
              }
            >
              Next picture of the file
            </Button>
          )}
          <Button
            disabled={tests === null || tests.length === 0}
            onClick={() => {
              giveUp();
              useGiven.setState({ given: null, number: given === null ? number + 1 : number });
            }}
          >
            A test picture
          </Button>
          <FileButton entry={entry} />
        </div>
      </section>
      <p className={styles.note}>
        A model keeps pictures of its own size and levels. The file is read by the same model only, whose
        weights are not counted here.
        {anySize.length > 0 &&
          ` Any size is kept by those that know what a window shows and no place: ${anySize.map(({ title }) => title).join(", ")}.`}
      </p>
    </div>
  );
}

function shownOf({ name, pictures, shown }: Given): Shown {
  return { name: pictures.length > 1 ? `${name}-${shown + 1}` : name, picture: pictures[shown]! };
}

function placeOf({ pictures, shown }: Given): string {
  return `, ${shown + 1} of ${pictures.length}`;
}

interface FigureProps {
  readonly picture: StoredPicture | null;
  /** What keeps the place until there is one. */
  readonly square: { readonly height: number; readonly width: number } | null;
}

/** @param props `place`: which of its file's it is, after the size. */
function PictureFigure({ picture, square, place }: FigureProps & { readonly place: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && picture !== null) paintPicture(context, picture);
  }, [picture]);
  const { width, height } = picture ?? square ?? { width: 1, height: 1 };
  return (
    <figure className={styles.figure}>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label="The picture" />
      <figcaption>{picture === null ? "" : `${width}×${height} pixels${place}`}</figcaption>
    </figure>
  );
}

function BitsFigure({
  picture,
  pixelBits,
  square,
}: FigureProps & { readonly pixelBits: Float32Array | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const hottest = useMemo(
    () => (pixelBits === null ? 0 : pixelBits.reduce((most, bits) => Math.max(most, bits), 0)),
    [pixelBits],
  );
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && picture !== null && pixelBits !== null) paintBits(context, picture, pixelBits, hottest);
  }, [picture, pixelBits, hottest]);
  const { width, height } = picture ?? square ?? { width: 1, height: 1 };
  return (
    <figure className={styles.figure}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label="Where its bits went, bright for many"
      />
      <figcaption>
        {pixelBits === null ? "" : `Where its bits went: up to ${hottest.toFixed(1)} for a pixel`}
      </figcaption>
    </figure>
  );
}
