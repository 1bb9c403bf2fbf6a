"use client";
/** The visitor's drawing with its past. The address has it too, as soon as a stroke ends. */
import type { PictureShape } from "@pixelcnn/core";
import { useCallback, useMemo, useRef, useState } from "react";
import { packLevels, unpackLevels } from "../../pictures/pack-levels.ts";
import { isSameShape, resizeLevels, type ShapedPicture } from "../../pictures/resize-levels.ts";
import { useCompleteState } from "./use-complete-state.ts";

export interface Sketch {
  /** [H, W, C]; never changed, replaced. Null while there is no drawing. */
  readonly levels: Uint8Array | null;
  /** A stroke is under way. */
  readonly isDrawing: boolean;
  readonly canUndo: boolean;
  /** False when the drawing is too large for a link. */
  readonly isLinked: boolean;
  /** Shows a stroke that goes on. */
  draw(levels: Uint8Array): void;
  /** Ends a stroke, or replaces the whole: a step that can be undone. */
  commit(levels: Uint8Array): void;
  undo(): void;
  /** The drawing that was made for the model before this one, for this one; null when there was none. */
  inherited(): Uint8Array | null;
}

interface Past {
  readonly shape: string;
  readonly steps: readonly Uint8Array[];
}

const MAX_STEPS = 100;

export function useSketch(picture: PictureShape | null): Sketch {
  const [{ drawing }, setState] = useCompleteState();
  const [stroke, setStroke] = useState<Uint8Array | null>(null);
  const [past, setPast] = useState<Past>({ shape: "", steps: [] });
  const shape = picture === null ? "" : shapeOf(picture);
  const steps = past.shape === shape ? past.steps : [];
  const linked = useMemo(
    () => (drawing === null || picture === null ? null : unpackLevels(drawing, picture)),
    [drawing, picture],
  );
  const current = steps.at(-1) ?? linked;
  const last = useRef<ShapedPicture | null>(null);
  if (current !== null && picture !== null) last.current = { shape: picture, levels: current };

  const keep = useCallback(
    (next: readonly Uint8Array[]) => {
      setStroke(null);
      setPast({ shape, steps: next.slice(-MAX_STEPS) });
      const last = next.at(-1);
      void setState({ drawing: last === undefined || picture === null ? null : packLevels(last, picture) });
    },
    [picture, shape, setState],
  );

  return {
    levels: stroke ?? current,
    isDrawing: stroke !== null,
    canUndo: steps.length > 1,
    isLinked: current === null || drawing !== null,
    draw: setStroke,
    commit: (levels) => keep([...(steps.length === 0 && linked !== null ? [linked] : steps), levels]),
    undo: () => keep(steps.slice(0, -1)),
    inherited() {
      if (last.current === null || picture === null || isSameShape(last.current.shape, picture)) return null;
      return resizeLevels(last.current, picture);
    },
  };
}

function shapeOf({ height, width, channels, levels }: PictureShape): string {
  return [height, width, channels, levels].join();
}
