/** What a terminal can show, read from the environment. */
import { type ColourDepth, type TextStyle, textStyles } from "@pixelcnn/pictures";

export interface Capabilities {
  readonly colour: ColourDepth;
  /** Does the terminal show characters beyond 7 bits? */
  readonly unicode: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function capabilitiesOf(environment: Environment, platform: NodeJS.Platform): Capabilities {
  return { colour: colourOf(environment), unicode: isUnicode(environment, platform) };
}

/** The styles of pictures that can be told from each other there, the one that shows most first. */
export function stylesOf({ colour, unicode }: Capabilities): readonly TextStyle[] {
  if (!unicode) return ["ascii"];
  // A half block without colour is nothing but ink.
  return textStyles.filter((style) => style !== "half-blocks" || colour > 0);
}

/** NO_COLOR: no-color.org. A terminal tells of 24 bits by COLORTERM and of the palette by its name. */
function colourOf({ NO_COLOR, COLORTERM = "", TERM = "" }: Environment): ColourDepth {
  if ((NO_COLOR !== undefined && NO_COLOR !== "") || TERM === "dumb") return 0;
  if (/^(truecolor|24bit)$/i.test(COLORTERM) || /direct|kitty|ghostty|alacritty/.test(TERM)) return 24;
  return /256/.test(TERM) ? 8 : 0;
}

/** The first of these that is set says which characters there are (setlocale, POSIX). Windows terminals have them all. */
function isUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment, platform: NodeJS.Platform): boolean {
  if (TERM === "linux" || TERM === "dumb") return false;
  return platform === "win32" || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}
