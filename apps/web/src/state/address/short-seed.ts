/** Seeds that a click draws are short enough to read out. */
const SHORT_SEEDS = 1_000_000;

/** Another seed, by chance. */
export function shortSeed(): number {
  return Math.floor(Math.random() * SHORT_SEEDS);
}
