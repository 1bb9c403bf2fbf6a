"use client";
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useRef } from "react";
import { useCorrection } from "../../state/address/use-correction.ts";
import { useInspectState } from "./use-inspect-state.ts";

type Pixel = readonly [row: number, column: number];

/**
 * The chosen pixel: the nearest one where the address names one that the picture has not.
 *
 * @param picture null while it is unknown.
 * @param striking where a visitor looks first; null while nothing is known of it.
 */
export function usePixel(picture: PictureShape | null, striking: Pixel | null): Pixel | null {
  const [{ pixel }, setState] = useInspectState();
  const chosen = picture === null ? null : inside(pixel ?? striking ?? [0, 0], picture);
  const isOutside = chosen !== null && pixel !== null && String(pixel) !== String(chosen);
  /** One that a picture had which was shown before. */
  const fitting = useRef<string | null>(null);
  if (chosen !== null && !isOutside) fitting.current = String(pixel);
  // Another model was chosen, whose pictures are smaller: nothing is wrong with a link.
  const isOutgrown = isOutside && String(pixel) === fitting.current;
  useEffect(() => {
    if (isOutgrown) void setState({ pixel: chosen });
  }, [isOutgrown, chosen, setState]);
  useCorrection(
    isOutside && !isOutgrown
      ? `The link points at row ${pixel[0] + 1}, column ${pixel[1] + 1} of a picture of ${picture!.height} by ${picture!.width}: the nearest pixel is shown.`
      : null,
    () => setState({ pixel: chosen }),
  );
  return chosen;
}

function inside([row, column]: Pixel, { height, width }: PictureShape): Pixel {
  return [Math.min(row, height - 1), Math.min(column, width - 1)];
}
