/** Asks the terminal whether it shows real pixels, and understands what it answers. */

/** How pictures are sent. */
export type GraphicsProtocol = "kitty" | "iterm2";

export interface Graphics {
  readonly protocol: GraphicsProtocol;
  /** Pixels of a character. */
  readonly cell: { readonly width: number; readonly height: number };
}

/** Number of the picture that is asked about. */
const ASKED = 4211;
/** Where a terminal does not tell; only how fine pictures are depends on it. */
const USUAL_CELL = { width: 8, height: 16 } as const;

/**
 * Would you show this pixel (kitty's protocol)? How large is a character (iTerm2's, then XTerm's way to ask)? What are you? Every
 * terminal answers the last one, and in order: when that answer is there, there are no others to come.
 */
export const QUESTION = [
  `\x1b_Gi=${ASKED},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\`,
  "\x1b]1337;ReportCellSize\x07",
  "\x1b[16t",
  "\x1b[c",
].join("");

/** Answers as they come. @returns null until the last of them; then what the terminal can, or "none". */
export class GraphicsAnswers {
  #isKitty = false;
  #isIterm2 = false;
  #cell: Graphics["cell"] | null = null;

  take(answer: string): Graphics | "none" | null {
    const said = answer.slice(1); // after the escape
    if (said.startsWith(`_Gi=${ASKED};OK`)) this.#isKitty = true;
    const points = /^\]1337;ReportCellSize=([\d.]+);([\d.]+)(?:;([\d.]+))?/.exec(said);
    if (points !== null) {
      this.#isIterm2 = true;
      const scale = Number(points[3] ?? 1);
      this.#cell ??= cellOf(Number(points[2]) * scale, Number(points[1]) * scale);
    }
    const pixels = /^\[6;(\d+);(\d+)t$/.exec(said);
    if (pixels !== null) this.#cell = cellOf(Number(pixels[2]), Number(pixels[1])) ?? this.#cell;
    if (!/^\[\?[\d;]*c$/.test(said)) return null;
    const protocol = this.#isKitty ? "kitty" : this.#isIterm2 ? "iterm2" : null;
    return protocol === null ? "none" : { protocol, cell: this.#cell ?? USUAL_CELL };
  }
}

/** Null for sizes that no character has. */
function cellOf(width: number, height: number): Graphics["cell"] | null {
  const isSize = (pixels: number) => pixels >= 2 && pixels <= 200;
  return isSize(width) && isSize(height) ? { width: Math.round(width), height: Math.round(height) } : null;
}
