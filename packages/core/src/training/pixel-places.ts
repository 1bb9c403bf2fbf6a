/**
 * Of which pixels a batch is. Where everything near is alike, as on the empty ground around a digit, a pixel is known before it is told and teaches nearly nothing: most
 * of such pixels may be passed over, and those that are taken stand for the others too, so that on average loss and gradient stay what they were. (Importance sampling for
 * training: Katharopoulos & Fleuret 2018, arXiv:1803.00942, who choose by the gradient's bound; here the picture alone tells.)
 */
import type { PreparedPictures } from "../data/prepared-pictures.ts";
import { Purpose, uniform } from "../random/noise.ts";

/** How far a place is looked around, to all earlier pixels: 12 of them. */
const NEAR = 2;

/** Pixels of a split. */
export interface PixelPlaces {
  /** Picture indices in their split, [B]. */
  readonly pictures: Uint32Array;
  /** Row and column of every one, [B, 2]. */
  readonly rowsAndColumns: Int32Array;
  /** For how many pixels of the split each stands, 1 on average; [B]. */
  readonly counts: Float32Array;
}

/** Where pixels are chosen. */
export interface PlaceChoice {
  readonly seed: number;
  /** From 1. */
  readonly step: number;
  /** Share of the flat places that is taken; 1 takes every place alike. */
  readonly flatPlaces: number;
}

/**
 * B pixels with replacement: an order of all of them would take longer than their training. Each is three numbers of its candidate's address: its picture, where
 * in it, and whether a flat place is taken. Of N candidates the B-th that is taken is the last; each counts (B − 1)/(N − 1) times as often as what it
 * stands for, so that the mean of a batch is on average that of all pixels (Haldane 1945, inverse binomial sampling).
 */
export function choosePlaces(
  pictures: PreparedPictures,
  count: number,
  { seed, step, flatPlaces }: PlaceChoice,
): PixelPlaces {
  const { height, width } = pictures.dataset;
  const places = {
    pictures: new Uint32Array(count),
    rowsAndColumns: new Int32Array(2 * count),
    counts: new Float32Array(count),
  };
  let candidate = 0;
  for (let place = 0; place < count; candidate++) {
    const number = (element: number) => uniform(seed, candidate, element, Purpose.pixel, 0, step);
    const picture = Math.floor(number(0) * pictures.length);
    const pixel = Math.floor(number(1) * height * width);
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const standsForOthers = flatPlaces < 1 && isFlat(pictures, picture, y, x);
    if (standsForOthers && number(2) >= flatPlaces) continue;
    places.pictures[place] = picture;
    places.rowsAndColumns[2 * place] = y;
    places.rowsAndColumns[2 * place + 1] = x;
    places.counts[place] = standsForOthers ? 1 / flatPlaces : 1;
    place++;
  }
  const taken = candidate > count ? (count - 1) / (candidate - 1) : 1;
  return { ...places, counts: places.counts.map((stoodFor) => taken * stoodFor) };
}

/** Whether all earlier pixels of the picture within two rows and columns are alike, in every channel. */
function isFlat(pictures: PreparedPictures, picture: number, y: number, x: number): boolean {
  pictures.prepare(picture);
  const { levels, dataset } = pictures;
  const { height, width, channels } = dataset;
  const at = (row: number, column: number) => ((picture * height + row) * width + column) * channels;
  const [left, right] = [Math.max(0, x - NEAR), Math.min(width - 1, x + NEAR)];
  const top = Math.max(0, y - NEAR);
  const first = y > 0 ? at(top, left) : at(y, left);
  for (let row = top; row <= y; row++) {
    const end = row < y ? at(row, right + 1) : at(y, x);
    for (let value = at(row, left); value < end; value += channels) {
      for (let channel = 0; channel < channels; channel++) {
        if (levels[value + channel] !== levels[first + channel]) return false;
      }
    }
  }
  return true;
}
