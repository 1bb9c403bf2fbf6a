/** What a terminal can show, read from the environment. */
import type { ColourDepth, TextStyle } from "@pixelcnn/pictures";

export interface Capabilities {
  readonly colour: ColourDepth;
  /** Does the terminal show characters beyond 7 bits? */
  readonly unicode: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function capabilitiesOf(environment: Environment, platform: NodeJS.Platform): Capabilities {
  return { colour: colourOf(environment), unicode: isUnicode(environment, platform) };
}

/** The style of pictures that shows most there. */
export function bestStyle({ colour, unicode }: Capabilities): TextStyle {
  if (!unicode) return "ascii";
  return colour === 0 ? "braille" : "half-blocks";
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
