"use client";
/** The visitor's drawing with its past. The address has it too, as soon as a stroke ends. */
import type { PictureShape } from "@pixelcnn/core";
import { useCallback, useMemo, useRef, useState } from "react";
import { packLevels, unpackLevels } from "../../components/pictures/pack-levels.ts";
import { isSameShape, resizeLevels, type ShapedPicture } from "../../components/pictures/resize-levels.ts";
import { useCorrection } from "../../state/address/use-correction.ts";
import { useCompleteState } from "./use-complete-state.ts";

export interface Sketch {
  /** [H, W, C]; never changed, replaced. Null while there is no drawing. */
  readonly levels: Uint8Array | null;
  /** A stroke is under way. */
  readonly isDrawing: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** False when the drawing is too large for a link. */
  readonly isLinked: boolean;
  /** Shows a stroke that goes on. */
  draw(levels: Uint8Array): void;
  /** Ends a stroke, or replaces the whole: a step that can be undone. */
  commit(levels: Uint8Array): void;
  undo(): void;
  /** Takes back what was undone last; a new step forgets what was undone. */
  redo(): void;
  /** The drawing that was made for the model before this one, for this one; null when there was none. */
  inherited(): Uint8Array | null;
}

interface Past {
  readonly shape: string;
  /** As the address has the last step: another drawing there (the browser's Back) is not of this past. */
  readonly text: string | null;
  readonly steps: readonly Uint8Array[];
  /** Steps that were undone, the last one first. */
  readonly undone: readonly Uint8Array[];
}

const MAX_STEPS = 100;
const NO_PAST: Past = { shape: "", text: null, steps: [], undone: [] };

export function useSketch(picture: PictureShape | null): Sketch {
  const [{ drawing }, setState] = useCompleteState();
  const [stroke, setStroke] = useState<Uint8Array | null>(null);
  const [past, setPast] = useState(NO_PAST);
  const shape = picture === null ? "" : shapeOf(picture);
  const { steps, undone } = past.shape === shape && past.text === drawing ? past : NO_PAST;
  const linked = useMemo(
    () => (drawing === null || picture === null ? null : unpackLevels(drawing, picture)),
    [drawing, picture],
  );
  const current = steps.at(-1) ?? linked;
  const last = useRef<ShapedPicture | null>(null);
  if (current !== null && picture !== null) last.current = { shape: picture, levels: current };
  const inherited = () => {
    if (last.current === null || picture === null || isSameShape(last.current.shape, picture)) return null;
    return resizeLevels(last.current, picture);
  };
  const isForeign = picture !== null && drawing !== null && current === null && inherited() === null;
  useCorrection(
    isForeign ? "The picture of the link is none of this model's size: it was left out." : null,
    () => setState({ drawing: null }),
  );

  const keep = useCallback(
    (next: readonly Uint8Array[], undone: readonly Uint8Array[] = []) => {
      setStroke(null);
      const last = next.at(-1);
      const text = last === undefined || picture === null ? null : packLevels(last, picture);
      setPast({ shape, text, steps: next.slice(-MAX_STEPS), undone });
      void setState({ drawing: text });
    },
    [picture, shape, setState],
  );

  return {
    levels: stroke ?? current,
    isDrawing: stroke !== null,
    canUndo: steps.length > 1,
    canRedo: undone.length > 0,
    isLinked: current === null || drawing !== null,
    draw: setStroke,
    commit: (levels) => keep([...(steps.length === 0 && linked !== null ? [linked] : steps), levels]),
    undo: () => steps.length > 1 && keep(steps.slice(0, -1), [steps.at(-1)!, ...undone]),
    redo: () => undone.length > 0 && keep([...steps, undone[0]!], undone.slice(1)),
    inherited,
  };
}

function shapeOf({ height, width, channels, levels, palette = [] }: PictureShape): string {
  return [height, width, channels, levels, ...palette].join();
}
