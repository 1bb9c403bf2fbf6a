/** Means over the same pictures, and how sure they are. */

export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean over pictures. */
  readonly standardError: number;
}

export function estimate(values: Float32Array): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** How much more the first takes than the second, picture by picture: most of what makes pictures differ is in both. */
export function pairedDifference(values: Float32Array, others: Float32Array): Estimate {
  return estimate(values.map((value, i) => value - others[i]!));
}
