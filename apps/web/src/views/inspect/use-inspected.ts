"use client";
/** The picture that is inspected: one that the model draws, or the visitor's own. */
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useMemo, useRef } from "react";
import { packLevels, unpackLevels } from "../../components/pictures/pack-levels.ts";
import { resizeLevels, type ShapedPicture } from "../../components/pictures/resize-levels.ts";
import { useCorrection } from "../../state/address/use-correction.ts";
import type { TestPicture } from "../../state/models/test-pictures.ts";
import type { Playback } from "../../state/playback/playback.ts";
import { usePlaybackPart } from "../../state/playback/use-playback.ts";
import type { DrawingRequest } from "../../workers/drawing/drawing-request.ts";
import { useInspectState } from "./use-inspect-state.ts";

export interface Inspected {
  /** "0" … for drawn ones, "most-0", "least-0", "real-0" … for test pictures, "yours". */
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
  playback: Playback | null,
  tests: readonly TestPicture[] | null,
  /** The visitor's, where it is too large for the address. */
  own: ShapedPicture | null,
): Inspected {
  const [{ drawing, picture: chosen }, setState] = useInspectState();
  const state = usePlaybackPart(playback, "state");
  const linked = useMemo(
    () => (drawing === null || picture === null ? null : unpackLevels(drawing, picture)),
    [drawing, picture],
  );
  // A picture of the model before this one, or one too large for the address.
  const last = useRef<ShapedPicture | null>(null);
  if (linked !== null && picture !== null) last.current = { shape: picture, levels: linked };
  else if (own !== null) last.current = own;
  const yours = useMemo(() => {
    if (linked !== null) return linked;
    const isMeant = drawing !== null || own !== null;
    return picture === null || last.current === null || !isMeant ? null : resizeLevels(last.current, picture);
  }, [linked, own, drawing, picture]);
  const packed = useMemo(
    () => (yours === null || picture === null ? null : packLevels(yours, picture)),
    [yours, picture],
  );
  useEffect(() => {
    if (linked === null && drawing !== null && packed !== null) void setState({ drawing: packed });
  }, [linked, drawing, packed, setState]);
  const isForeign = picture !== null && drawing !== null && yours === null;
  useCorrection(
    isForeign ? "The picture of the link is none of this model's size: it was left out." : null,
    () => setState({ drawing: null }),
  );

  const test = tests?.find(({ id }) => id === chosen);
  const number = pictureNumber(chosen) ?? 0;
  const isYours = yours !== null && (chosen === "yours" || chosen === null);
  const isNowhere =
    chosen !== null &&
    picture !== null &&
    tests !== null &&
    !isYours &&
    !test &&
    pictureNumber(chosen) === null;
  useCorrection(isNowhere ? `There is no picture called ${chosen} here: it was left out.` : null, () =>
    setState({ picture: null }),
  );
  const place = number - (plan?.firstIndex ?? 0);
  const drawn = useMemo(() => {
    if (playback === null || picture === null || state !== "done") return null;
    const size = picture.height * picture.width * picture.channels;
    return playback.pixels.slice(place * size, (place + 1) * size);
  }, [playback, picture, state, place]);

  const kept = { yours, isLinked: yours === null || packed !== null };
  if (isYours) return { id: "yours", levels: yours, index: null, label: null, ...kept };
  if (test !== undefined)
    return { id: test.id, levels: test.levels, index: null, label: test.label, ...kept };
  return { id: String(number), levels: drawn, index: number, label: plan?.labels?.[place] ?? null, ...kept };
}

/** Which of the drawn pictures a link means; null when it means none. */
export function pictureNumber(id: string | null): number | null {
  return id !== null && /^\d{1,6}$/.test(id) ? Number(id) : null;
}
