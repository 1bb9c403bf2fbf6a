/** What was probably meant by a word that is not known. */
import { distance } from "fastest-levenshtein";

/** Wrong letters in so many right ones are a slip; more is another word. */
const LETTERS_A_SLIP = 3;

/**
 * The candidate that a word begins, abbreviates ("lr" of "learning-rate") or nearly is; null where there is none.
 * Dashes before a flag do not count.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const bare = undashed(word).toLowerCase();
  if (bare === "") return null;
  const begun = candidates.filter((candidate) => undashed(candidate).startsWith(bare));
  if (begun.length === 1) return begun[0]!;
  const abbreviated = candidates.filter((candidate) => initials(candidate) === bare);
  if (abbreviated.length === 1) return abbreviated[0]!;
  const slips = Math.ceil(bare.length / LETTERS_A_SLIP);
  const [best] = candidates
    .filter((candidate) => Math.abs(undashed(candidate).length - bare.length) <= slips)
    .map((candidate) => ({ candidate, slips: slipsBetween(bare, undashed(candidate).toLowerCase()) }))
    .filter((near) => near.slips <= slips)
    .sort((a, b) => a.slips - b.slips);
  return best?.candidate ?? null;
}

/** " (did you mean gated?)", or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === null ? "" : ` (did you mean ${meant}?)`;
}

/** Letters that are wrong, missing or too many; two that changed places are one slip. */
function slipsBetween(word: string, meant: string): number {
  const swapped = Array.from({ length: Math.max(0, word.length - 1) }, (_, i) =>
    distance(`${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`, meant),
  );
  return Math.min(distance(word, meant), 1 + Math.min(...swapped));
}

function undashed(word: string): string {
  return word.replace(/^-+/, "");
}

function initials(candidate: string): string {
  const words = undashed(candidate).split("-");
  return words.length < 2 ? "" : words.map((word) => word[0]).join("");
}
