"use client";
/** The picture that is inspected: one that the model draws, or the visitor's own. */
import type { PictureShape } from "@pixelcnn/core";
import { useMemo } from "react";
import type { DrawingRequest } from "../../drawing/drawing-request.ts";
import type { Growth } from "../../drawing/growth.ts";
import { useGrowthSnapshot } from "../../drawing/use-growth.ts";
import type { TestPicture } from "../../models/test-pictures.ts";
import { packLevels, unpackLevels } from "../../pictures/pack-levels.ts";
import { resizeLevels, type ShapedPicture } from "../../pictures/resize-levels.ts";
import { useInspectState } from "./use-inspect-state.ts";

export interface Inspected {
  /** "0" … for drawn ones, "most-0", "least-0" … for test pictures, "yours". */
  readonly id: string;
  /** [H, W, C]; null while it is drawn. */
  readonly levels: Uint8Array | null;
  /** Number of the drawn picture, part of its noise; null for pictures from elsewhere. */
  readonly index: number | null;
  /** Its class, when it is known. */
  readonly label: number | null;
  /** The visitor's picture, whether or not it is the one inspected. */
  readonly yours: Uint8Array | null;
  /** False when the visitor's picture is too large for a link. */
  readonly isLinked: boolean;
}

export function useInspected(
  picture: PictureShape | null,
  plan: DrawingRequest | null,
  growth: Growth | null,
  tests: readonly TestPicture[] | null,
  own: ShapedPicture | null,
): Inspected {
  const [{ drawing, picture: chosen }] = useInspectState();
  const { state } = useGrowthSnapshot(growth);
  const yours = useMemo(() => {
    if (picture !== null && own !== null) return resizeLevels(own, picture);
    return drawing === null || picture === null ? null : unpackLevels(drawing, picture);
  }, [own, drawing, picture]);
  const isLinked = useMemo(
    () => yours === null || picture === null || packLevels(yours, picture) !== null,
    [yours, picture],
  );
  const test = tests?.find(({ id }) => id === chosen);
  const count = plan?.count ?? 0;
  const number = chosen !== null && /^\d{1,3}$/.test(chosen) && Number(chosen) < count ? Number(chosen) : 0;
  const isYours = yours !== null && (chosen === "yours" || chosen === null);
  const drawn = useMemo(() => {
    if (growth === null || picture === null || state !== "done") return null;
    const size = picture.height * picture.width * picture.channels;
    return growth.pixels.slice(number * size, (number + 1) * size);
  }, [growth, picture, state, number]);

  const kept = { yours, isLinked };
  if (isYours) return { id: "yours", levels: yours, index: null, label: null, ...kept };
  if (test !== undefined)
    return { id: test.id, levels: test.levels, index: null, label: test.label, ...kept };
  return { id: String(number), levels: drawn, index: number, label: plan?.labels?.[number] ?? null, ...kept };
}
