/** Derivatives as central differences in float64. */

const STEP = 1e-5;

/** What every input does to a number, entry by entry: at those that are asked for, and null at the others. */
export function differencesOf(
  inputs: readonly ArrayLike<number>[],
  loss: (...inputs: Float64Array[]) => number,
  isWanted: (entry: number, length: number) => boolean,
): (number | null)[][] {
  const exact = inputs.map((input) => Float64Array.from(input));
  return exact.map((input) =>
    Array.from(input, (value, entry) => {
      if (!isWanted(entry, input.length)) return null;
      input[entry] = value + STEP;
      const above = loss(...exact);
      input[entry] = value - STEP;
      const below = loss(...exact);
      input[entry] = value;
      return (above - below) / (2 * STEP);
    }),
  );
}
