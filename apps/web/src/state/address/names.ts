/** Names in an address, and what becomes of them besides being read. */

/** The model and its settings, see `useDrawingState`. */
const DRAWING = ["model", "seed", "temperature", "class", "count", "sampler"] as const;

/** Names whose changes are steps of the history. Strokes, rows and pixels are not: there are too many, and a drawing has Undo. */
export const STEPS: ReadonlySet<string> = new Set([
  ...DRAWING,
  "completions",
  "picture",
  "look",
  "forever",
  // Of Teach.
  "vary",
  "start",
  "slower",
]);

/** What goes along from view to view: the model and its settings, and the visitor's drawing. */
export const CARRIED: readonly string[] = [...DRAWING, "drawing", "rows", "completions"];
