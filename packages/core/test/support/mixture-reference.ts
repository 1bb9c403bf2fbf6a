/** The mixture of discretised logistics by its definition, one number after another: what the likelihood and the samplers are checked against. */

const sigma = (x: number) => 1 / (1 + Math.exp(-x));

/** One pixel: logits [log π, μ, log s | μ, log s, c | μ, log s, c, c], M numbers each, and the levels of its channels as far as they are known. */
export interface MixturePixel {
  readonly logits: ArrayLike<number>;
  readonly components: number;
  /** K */
  readonly levels: number;
  readonly earlier: ArrayLike<number>;
}

/** P(the next channel's level is at most `level`) at temperature T. */
export function mixtureCdf(pixel: MixturePixel, level: number, temperature: number): number {
  const { components, levels, earlier } = pixel;
  if (level < 0) return 0;
  if (level >= levels - 1) return 1;
  const channel = earlier.length;
  const parts = Array.from({ length: components }, (_, i) => {
    let logWeight = pixel.logits[i]! / temperature;
    for (let j = 0; j < channel; j++) {
      const { mean, scale } = component(pixel, i, j, temperature);
      const top = earlier[j]! === levels - 1 ? 1 : sigma((earlier[j]! + 0.5 - mean) / scale);
      const bottom = earlier[j]! === 0 ? 0 : sigma((earlier[j]! - 0.5 - mean) / scale);
      logWeight += Math.log(top - bottom);
    }
    const { mean, scale } = component(pixel, i, channel, temperature);
    return { logWeight, below: sigma((level + 0.5 - mean) / scale) };
  });
  const most = Math.max(...parts.map(({ logWeight }) => logWeight));
  const weights = parts.map(({ logWeight }) => Math.exp(logWeight - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return parts.reduce((sum, { below }, i) => sum + (weights[i]! / total) * below, 0);
}

/** The mean, in levels, and scale of a component of a channel. */
export function component(
  { logits, components, levels, earlier }: MixturePixel,
  i: number,
  channel: number,
  temperature: number,
) {
  const half = (levels - 1) / 2;
  const block = [1, 3, 6][channel]!;
  const at = (offset: number) => logits[(block + offset) * components + i]!;
  let mean = at(0);
  for (let j = 0; j < channel; j++) mean += Math.tanh(at(2 + j)) * ((2 * earlier[j]!) / (levels - 1) - 1);
  const logScale = Math.max(at(1), -7 - Math.log((levels - 1) / 255));
  return { mean: (mean + 1) * half, scale: Math.exp(logScale) * half * temperature };
}
