/** What a terminal can show, read from the environment. */

import { type ColourDepth, type TextStyle, textStyles } from "@pixelcnn/pictures";
import type { Graphics } from "../graphics/ask.ts";
import type { PictureStyle } from "../sampling/grid.ts";

export interface Capabilities {
  readonly colour: ColourDepth;
  /** Does the terminal show characters beyond 7 bits? */
  readonly unicode: boolean;
  /** How it shows real pixels; null where it does not, or has not answered yet. */
  readonly graphics: Graphics | null;
}

/** A terminal that is to be asked whether it shows real pixels: not one of text alone, and not where colours are unwanted. */
export function isWorthAsking({ TERM }: Environment, { colour }: Pick<Capabilities, "colour">): boolean {
  return colour > 0 && TERM !== undefined && !/^(?:linux|dumb)$/.test(TERM);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What `--color` takes: what the environment says, or so much whatever it says. */
export const colourChoices = ["auto", "never", "256", "truecolor"] as const;
export type ColourChoice = (typeof colourChoices)[number];

export function capabilitiesOf(
  environment: Environment,
  platform: NodeJS.Platform,
  colour: ColourChoice = "auto",
): Capabilities {
  return { colour: colourOf(environment, colour), unicode: isUnicode(environment, platform), graphics: null };
}

/** For libraries that colour text by themselves: FORCE_COLOR as it means that depth. */
export function forcedColour(depth: ColourDepth): string {
  return { 0: "0", 8: "2", 24: "3" }[depth];
}

/** The styles of pictures that can be told from each other there, the one that shows most first. */
export function stylesOf(capabilities: Capabilities): readonly PictureStyle[] {
  const styles = textStylesOf(capabilities);
  return capabilities.graphics === null ? styles : ["pixels", ...styles];
}

/** Where pictures are text, whatever else the terminal can. */
export function textStyleFor(style: PictureStyle, capabilities: Capabilities): TextStyle {
  return style === "pixels" ? textStylesOf(capabilities)[0]! : style;
}

/** {@link stylesOf} without real pixels. */
export function textStylesOf({
  colour,
  unicode,
}: Pick<Capabilities, "colour" | "unicode">): readonly TextStyle[] {
  if (!unicode) return ["ascii"];
  // A half block without colour is nothing but ink.
  return textStyles.filter((style) => style !== "half-blocks" || colour > 0);
}

/**
 * The flag, then FORCE_COLOR as Node reads it (0 ... 3, true or empty), then NO_COLOR (no-color.org), then the terminal, which tells
 * of 24 bits by COLORTERM and of the palette by its name. Sixteen colours are too few for pictures: there, the palette is taken.
 */
function colourOf(environment: Environment, choice: ColourChoice): ColourDepth {
  const { FORCE_COLOR, NO_COLOR, TERM = "" } = environment;
  if (choice !== "auto") return { never: 0, "256": 8, truecolor: 24 }[choice] as ColourDepth;
  if (FORCE_COLOR === "0" || FORCE_COLOR === "false") return 0;
  if (FORCE_COLOR !== undefined)
    return FORCE_COLOR === "3" || (!/^[12]$/.test(FORCE_COLOR) && isTrueColour(environment)) ? 24 : 8;
  if ((NO_COLOR !== undefined && NO_COLOR !== "") || TERM === "dumb") return 0;
  if (isTrueColour(environment)) return 24;
  return /256/.test(TERM) ? 8 : 0;
}

function isTrueColour({ COLORTERM = "", TERM = "" }: Environment): boolean {
  return /^(truecolor|24bit)$/i.test(COLORTERM) || /direct|kitty|ghostty|alacritty/.test(TERM);
}

/** The first of these that is set says which characters there are (setlocale, POSIX). Windows terminals have them all. */
function isUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment, platform: NodeJS.Platform): boolean {
  if (TERM === "linux" || TERM === "dumb") return false;
  return platform === "win32" || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}
