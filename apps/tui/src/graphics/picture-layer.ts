/**
 * The pictures that lie over a frame of text, line by line: sent when they change, taken away when they go. Text is written where
 * they lie only when the frame itself changes, and then they are sent again, a moment later.
 */
import type { Graphics } from "./ask.ts";
import { type Band, bandPixels } from "./band.ts";
import { iterm2Picture } from "./iterm2.ts";
import { kittyPicture, kittyRemoval } from "./kitty.ts";

/** What is to be seen, in one arrangement. */
export interface PlacedPictures {
  /** Another one is another arrangement: what lies on the screen is no longer where it belongs. */
  readonly key: string;
  readonly bands: readonly Band[];
}

/** Numbers of pictures of this app, two for each band: the new one is there before the old one goes. */
const FIRST_ID = 4300;
/** Looks for which a new arrangement has to stand before anything is sent: by then its frame is written. */
const SETTLED = 2;

interface Shown {
  readonly band: Pick<Band, "row" | "column" | "columns">;
  readonly key: string;
  readonly id: number;
}

export class PictureLayer {
  readonly #shown = new Map<number, Shown>();
  #key = "";
  #age = 0;

  constructor(
    private readonly write: (text: string) => void,
    readonly graphics: Graphics,
  ) {}

  /** Whatever was shown is gone from the screen: the frame was drawn anew. */
  forget(): void {
    this.#clear();
    this.#age = 0;
  }

  /** Takes away what does not belong to an arrangement; to be told before its frame is written. */
  prepare(placed: PlacedPictures | null): void {
    const key = placed?.key ?? "";
    if (key === this.#key) return;
    this.#key = key;
    this.forget();
  }

  /** Sends what changed; to be told at every tick. */
  show(placed: PlacedPictures | null): void {
    this.prepare(placed);
    if (placed === null || ++this.#age <= SETTLED) return;
    const texts = placed.bands.flatMap((band, i) => {
      const before = this.#shown.get(i);
      return before?.key === band.key ? [] : [this.#replace(band, i, before)];
    });
    if (texts.length > 0) this.write(`\x1b7${texts.join("")}\x1b8`);
  }

  #replace(band: Band, index: number, before: Shown | undefined): string {
    const { row, column, columns, key } = band;
    const id = FIRST_ID + 2 * index + (before === undefined ? 0 : (before.id + 1) % 2);
    this.#shown.set(index, { band: { row, column, columns }, key, id });
    const pixels = bandPixels(band, this.graphics);
    const at = place(band);
    if (this.graphics.protocol === "iterm2") return at + iterm2Picture(pixels, columns);
    return `${at}${kittyPicture(pixels, id, columns)}${before === undefined ? "" : kittyRemoval(before.id)}`;
  }

  #clear(): void {
    if (this.#shown.size === 0) return;
    const texts = [...this.#shown.values()].map(({ band, id }) =>
      // What iTerm2 shows lies in the characters, and goes with them.
      this.graphics.protocol === "kitty" ? kittyRemoval(id) : `${place(band)}${" ".repeat(band.columns)}`,
    );
    this.#shown.clear();
    this.write(`\x1b7${texts.join("")}\x1b8`);
  }
}

function place({ row, column }: Pick<Band, "row" | "column">): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
