/** Drawings over a reload, on every page that has the pen: what an earlier visit drew is shown, and what is changed from then on is kept. */
import type { Drawing } from "../../workers/teaching/drawing.ts";
import { keepDrawings, keptDrawings } from "./kept-teaching.ts";
import { type TeachingState, useTeaching, type Work } from "./teaching-store.ts";

/** Once a page, for from then on it knows better than what is kept. */
let remembering: Promise<boolean> | undefined;

/**
 * Shows what an earlier visit drew and chose, under what was drawn meanwhile.
 *
 * @returns whether what is kept as learnt was learnt of these drawings.
 */
export function rememberDrawings(): Promise<boolean> {
  remembering ??= remember();
  return remembering;
}

async function remember(): Promise<boolean> {
  const kept = await keptDrawings();
  const { drawings, pictures, past } = useTeaching.getState();
  if (kept) {
    const { varied, start, slower, seed } = kept;
    // Visits of before pictures could be dropped kept none.
    const joined = joinedWith(kept.drawings, kept.pictures ?? []);
    useTeaching.setState({
      ...joined({ drawings, pictures }),
      past: past.map(joined),
      varied,
      start,
      slower,
      seed,
    });
  }
  useTeaching.subscribe((state, before) => {
    if (isChanged(state, before)) keepSoon();
  });
  if (past.length > 0) keepSoon();
  return !kept?.isLearntOfOthers;
}

/** What was drawn is drawn onto what was kept, as if that had been there from the beginning. */
function joinedWith(drawings: readonly Drawing[], pictures: Work["pictures"]) {
  // A cell that no change touched is the same one before and after it.
  const known = new Map<Drawing, Drawing>();
  const onto = (before: Drawing, drawing: Drawing) => {
    const whole = known.get(drawing) ?? [...before, ...drawing];
    known.set(drawing, whole);
    return whole;
  };
  return <W extends Work>(work: W): W => ({
    ...work,
    drawings: work.drawings.map((drawing, cell) => onto(drawings[cell]!, drawing)),
    pictures: work.pictures.length > 0 ? work.pictures : pictures,
  });
}

function isChanged(state: TeachingState, before: TeachingState): boolean {
  const names = ["drawings", "pictures", "start", "slower", "seed", "isOwn", "aside"] as const;
  // An address that says again what is chosen changes nothing.
  const isVariedOtherwise = JSON.stringify(state.varied) !== JSON.stringify(before.varied);
  return isVariedOtherwise || names.some((name) => state[name] !== before[name]);
}

let keeping: ReturnType<typeof setTimeout> | undefined;

/** After the event that changed something: a hand that draws does not wait for it. */
function keepSoon(): void {
  if (keeping !== undefined) return;
  keeping = setTimeout(() => {
    keeping = undefined;
    if (useTeaching.getState().isOwn) void keepDrawings();
  });
}
