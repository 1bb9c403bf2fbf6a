// The tap convolution and its gradients, straight from the equation, in float64.

export interface TapCase {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly offsets: readonly number[];
}

/** Visits every product x[…]·filter[…] → y[…] by flat indices. */
function forEachProduct(
  { batch, height, width, inChannels, outChannels, offsets }: TapCase,
  visit: (x: number, filter: number, y: number) => void,
): void {
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        for (let t = 0; t < offsets.length / 2; t++) {
          const [row, column] = [i + offsets[2 * t]!, j + offsets[2 * t + 1]!];
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          const x = ((b * height + row) * width + column) * inChannels;
          const y = ((b * height + i) * width + j) * outChannels;
          for (let c = 0; c < inChannels; c++)
            for (let o = 0; o < outChannels; o++) visit(x + c, (t * inChannels + c) * outChannels + o, y + o);
        }
}

const pictureSize = ({ batch, height, width }: TapCase) => batch * height * width;

export function tapConvolution(
  shape: TapCase,
  x: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
): Float64Array {
  const y = new Float64Array(pictureSize(shape) * shape.outChannels);
  if (bias !== undefined) for (let i = 0; i < y.length; i++) y[i] = bias[i % shape.outChannels]!;
  forEachProduct(shape, (from, weight, to) => {
    y[to]! += x[from]! * filter[weight]!;
  });
  return y;
}

export function tapInputGradient(shape: TapCase, dy: Float32Array, filter: Float32Array): Float64Array {
  const dx = new Float64Array(pictureSize(shape) * shape.inChannels);
  forEachProduct(shape, (to, weight, from) => {
    dx[to]! += dy[from]! * filter[weight]!;
  });
  return dx;
}

export function tapFilterGradient(shape: TapCase, x: Float32Array, dy: Float32Array): Float64Array {
  const dfilter = new Float64Array((shape.offsets.length / 2) * shape.inChannels * shape.outChannels);
  forEachProduct(shape, (from, to, gradient) => {
    dfilter[to]! += x[from]! * dy[gradient]!;
  });
  return dfilter;
}
