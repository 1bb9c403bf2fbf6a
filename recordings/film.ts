/**
 * Screens of a terminal, one after another, as one SVG that plays by itself: every row that is ever shown is drawn once, a frame is rows in
 * their places, and CSS shows one frame at a time. Who wants no motion, or has no CSS, sees the last one.
 */
import type headless from "@xterm/headless";
import { CELL_HEIGHT, PAPER, rowToSvg, svgSize } from "./row-to-svg.ts";

type Screen = InstanceType<typeof headless.Terminal>;

/** No pause is longer, and no frame shorter. */
const LONGEST_MS = 1500;
const SHORTEST_MS = 80;
const LAST_MS = 4000;

interface Frame {
  readonly rows: readonly number[];
  /** Since the beginning of the recording. */
  readonly atMs: number;
}

export class Film {
  /** Shapes of all rows, and the place of each among them. */
  readonly #rows: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #frames: Frame[] = [];
  readonly #size: { readonly width: number; readonly height: number };

  constructor(columns: number, rows: number) {
    this.#size = svgSize(columns, rows);
  }

  /** Takes what a screen shows, unless it shows what it did, or did so a moment ago. */
  take(screen: Screen, atMs: number): void {
    const rows = Array.from({ length: screen.rows }, (_, y) => this.#placeOf(rowToSvg(screen, y)));
    const last = this.#frames.at(-1);
    if (last !== undefined && rows.every((row, y) => row === last.rows[y])) return;
    if (last !== undefined && atMs - last.atMs < SHORTEST_MS) this.#frames.pop();
    this.#frames.push({
      rows,
      atMs: last !== undefined && atMs - last.atMs < SHORTEST_MS ? last.atMs : atMs,
    });
  }

  get length(): number {
    return this.#frames.length;
  }

  toSvg(): string {
    const { width, height } = this.#size;
    const lengths = this.#frames.map(({ atMs }, i) => {
      const next = this.#frames[i + 1];
      return next === undefined ? LAST_MS : Math.min(LONGEST_MS, next.atMs - atMs);
    });
    const total = lengths.reduce((sum, ms) => sum + ms, 0);
    let begin = 0;
    const rules = lengths.map((ms, i) => {
      const [from, to] = [begin, begin + ms].map((at) => ((100 * at) / total).toFixed(3));
      begin += ms;
      // Steps: what a keyframe says holds until the next one.
      const shown = from === "0.000" ? "" : "0%{visibility:hidden}";
      return `@keyframes f${i}{${shown}${from}%{visibility:visible}${to}%,100%{visibility:hidden}}#f${i}{animation:f${i} ${total}ms step-end infinite}`;
    });
    const last = this.#frames.length - 1;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="15" shape-rendering="crispEdges">`,
      `<style>.f{visibility:hidden}#f${last}{visibility:visible}@media (prefers-reduced-motion:no-preference){${rules.join("")}}</style>`,
      `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
      `<defs>${this.#rows.map((shapes, i) => `<g id="r${i}">${shapes}</g>`).join("\n")}</defs>`,
      ...this.#frames.map(({ rows }, i) => {
        const uses = rows.map((row, y) =>
          this.#rows[row] === "" ? "" : `<use href="#r${row}" y="${y * CELL_HEIGHT}"/>`,
        );
        return `<g class="f" id="f${i}">${uses.join("")}</g>`;
      }),
      "</svg>",
      "",
    ].join("\n");
  }

  #placeOf(shapes: string): number {
    const known = this.#places.get(shapes);
    if (known !== undefined) return known;
    this.#rows.push(shapes);
    this.#places.set(shapes, this.#rows.length - 1);
    return this.#rows.length - 1;
  }
}
