// How a convolution by taps reads its input: which taps can touch the picture at all, and which layout they read.
//
// Position (i, j) of the output sees input cell (i·stride + dy, j·stride + dx) for every tap (dy, dx). The kernels
// want whole vectors of 4 channels and no test for the border, so a picture is read in one of three ways:
//   direct    as it lies, when no tap leaves it and its channels fill vectors
//   framed    copied into a frame of zeros as large as the taps reach, channels rounded up to 4
//   unfolded  the frame, then one row of taps·channels floats per position (im2col): for 1, 2, 3, 5 … channels, where
//             rounding every tap up to 4 would waste more than the copy costs

import { roundUp } from "./round-up.ts";

/** Sides of pictures, strides and taps of a convolution. */
export interface ConvolutionGeometry {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly inChannels: number;
  /** Flattened (dy, dx) pairs. */
  readonly offsets: readonly number[];
}

/** Of a convolution by taps: as large as its input [B, H, W, F], one step at a time. */
export function sameSize(shape: readonly number[], offsets: readonly number[]): ConvolutionGeometry {
  const [batch, height, width, inChannels] = shape as [number, number, number, number];
  return {
    batch,
    inHeight: height,
    inWidth: width,
    outHeight: height,
    outWidth: width,
    strideHeight: 1,
    strideWidth: 1,
    inChannels,
    offsets,
  };
}

/** Distances are in bytes, from the frame's (or picture's) first cell. */
export interface ConvolutionPlan {
  readonly layout: "direct" | "framed" | "unfolded";
  /** Pictures, rows and columns that the kernels loop over; a direct 1×1 sees the batch as one long row. */
  readonly pictures: number;
  readonly rows: number;
  readonly columns: number;
  /** Indices of the taps that touch the picture, and where each reads for position (0, 0). */
  readonly taps: readonly number[];
  readonly tapDistances: readonly number[];
  readonly rowStep: number;
  readonly columnStep: number;
  /** The input: bytes of a picture and of its row, and its channels. */
  readonly pictureBytes: number;
  readonly pictureRowBytes: number;
  readonly pictureChannels: number;
  /** Floats that the kernels read a tap (direct, framed) or a position (unfolded); a multiple of 4. */
  readonly depth: number;
  /** Taps that the kernels loop over (1 where unfolded), and panel rows that each of the filter's taps fills. */
  readonly loopedTaps: number;
  readonly rowsPerTap: number;
  /** The frame of zeros, and the part of the picture that is copied into it. */
  readonly frame: Frame;
}

interface Frame {
  readonly bytes: number;
  readonly rowBytes: number;
  readonly channels: number;
  readonly copyRows: number;
  readonly copyColumns: number;
  /** Where the copy starts in the picture and in the frame. */
  readonly from: number;
  readonly to: number;
}

/** An unfolded row must be this much shorter than whole vectors a tap to be worth its copy. */
const unfoldGain = 1.25;

/**
 * @param joinsPictures whether a direct 1×1 may see the batch as one.
 * @returns the plan, or `null` when no tap touches any picture.
 */
export function planConvolution(geometry: ConvolutionGeometry, joinsPictures = true): ConvolutionPlan | null {
  const { batch, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, inChannels, offsets } =
    geometry;
  const spanHeight = (outHeight - 1) * strideHeight;
  const spanWidth = (outWidth - 1) * strideWidth;
  const touches = (dy: number, dx: number) =>
    dy < inHeight && dy + spanHeight >= 0 && dx < inWidth && dx + spanWidth >= 0;
  const taps = Array.from({ length: offsets.length / 2 }, (_, tap) => tap).filter((tap) =>
    touches(offsets[2 * tap]!, offsets[2 * tap + 1]!),
  );
  if (taps.length === 0) return null;

  const dys = taps.map((tap) => offsets[2 * tap]!);
  const dxs = taps.map((tap) => offsets[2 * tap + 1]!);
  const [top, left] = [Math.min(...dys), Math.min(...dxs)];
  const [bottom, right] = [Math.max(...dys) + spanHeight + 1, Math.max(...dxs) + spanWidth + 1];
  const wholeChannels = roundUp(inChannels, 4);
  const unfolds = taps.length * wholeChannels > unfoldGain * roundUp(taps.length * inChannels, 4);
  const isInside = top >= 0 && left >= 0 && bottom <= inHeight && right <= inWidth;
  const isDirect = isInside && inChannels === wholeChannels;
  const layout = unfolds ? "unfolded" : isDirect ? "direct" : "framed";

  const channels = unfolds ? inChannels : wholeChannels;
  const pictureRowBytes = inWidth * inChannels * 4;
  const [firstRow, firstColumn] = [Math.max(top, 0), Math.max(left, 0)];
  const frame: Frame = {
    bytes: layout === "direct" ? 0 : (bottom - top) * (right - left) * channels * 4,
    rowBytes: (right - left) * channels * 4,
    channels,
    copyRows: Math.min(bottom, inHeight) - firstRow,
    copyColumns: Math.min(right, inWidth) - firstColumn,
    from: firstRow * pictureRowBytes + firstColumn * inChannels * 4,
    to: ((firstRow - top) * (right - left) + (firstColumn - left)) * channels * 4,
  };
  const readRowBytes = isDirect && !unfolds ? pictureRowBytes : frame.rowBytes;
  const [originY, originX] = layout === "direct" ? [0, 0] : [top, left];
  const isFlat =
    joinsPictures &&
    layout === "direct" &&
    taps.length === 1 &&
    outHeight * outWidth === inHeight * inWidth &&
    strideHeight === 1 &&
    strideWidth === 1;
  return {
    layout,
    pictures: isFlat ? 1 : batch,
    rows: isFlat ? 1 : outHeight,
    columns: isFlat ? batch * outHeight * outWidth : outWidth,
    taps,
    tapDistances: taps.map((_, k) => (dys[k]! - originY) * readRowBytes + (dxs[k]! - originX) * channels * 4),
    rowStep: strideHeight * readRowBytes,
    columnStep: strideWidth * channels * 4,
    pictureBytes: inHeight * pictureRowBytes,
    pictureRowBytes,
    pictureChannels: inChannels,
    depth: unfolds ? roundUp(taps.length * inChannels, 4) : channels,
    loopedTaps: unfolds ? 1 : taps.length,
    rowsPerTap: channels,
    frame,
  };
}
