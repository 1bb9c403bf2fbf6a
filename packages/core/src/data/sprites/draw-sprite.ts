/** One sprite in one pose: a pure function of both. */
import type { LevelArray } from "../dataset.ts";
import { type Colourway, levelOfLetter } from "./sprite-palette.ts";
import { BODIES, type Drawing, EYES, FEET, HATS, HEADS, MOUTHS, TOOLS } from "./sprite-parts.ts";

/** Pixels of a side. */
export const SPRITE_SIDE = 16;

/** Who it is: numbers of parts. */
export interface Sprite {
  readonly head: number;
  readonly hat: number;
  readonly body: number;
  readonly feet: number;
}

/** How it looks at one moment. */
export interface Pose {
  readonly colours: Colourway;
  readonly eyes: number;
  readonly mouth: number;
  readonly tool: number;
  /** What its breast shows: a bit for each of the {@link EMBLEM_BITS} pixels of the left half. */
  readonly emblem: number;
  readonly isLeftHanded: boolean;
  /** In the air, a row higher? */
  readonly isUp: boolean;
}

const EMBLEM_ROWS = 3;
const EMBLEM_COLUMNS = 3;
/** One half of an emblem, a bit a pixel: 512 of them, so that hardly any two sprites of a training are equal. */
export const EMBLEM_BITS = EMBLEM_ROWS * EMBLEM_COLUMNS;

const HEAD_ROW = 4;
const BODY_ROW = 9;
const FEET_ROW = 13;
const TOOL_ROW = 5;
const TOOL_COLUMN = 15;

/** @param target receives 16·16 levels of the sprites' palette from `offset` on. */
export function drawSprite(
  { head, hat, body, feet }: Sprite,
  { colours, eyes, mouth, tool, emblem, isLeftHanded, isUp }: Pose,
  target: LevelArray,
  offset: number,
): void {
  target.fill(0, offset, offset + SPRITE_SIDE * SPRITE_SIDE);
  const down = isUp ? 0 : 1;
  const put = (letter: string, row: number, column: number) => {
    target[offset + (row + down) * SPRITE_SIDE + column] = levelOfLetter(letter, colours);
  };
  const mirrored = (drawing: Drawing, top: number) => {
    for (const [row, letters] of drawing.entries()) {
      for (const [column, letter] of [...letters].entries()) {
        if (letter === " ") continue;
        put(letter, top + row, column);
        put(letter, top + row, SPRITE_SIDE - 1 - column);
      }
    }
  };
  mirrored(HATS[hat]!, 0);
  mirrored(HEADS[head]!.drawing, HEAD_ROW);
  mirrored(EYES[eyes]!, HEAD_ROW + 1);
  mirrored(MOUTHS[mouth]!, HEAD_ROW + 3);
  mirrored(BODIES[body]!, BODY_ROW);
  mirrored(FEET[feet]!, FEET_ROW);
  for (let bit = 0; bit < EMBLEM_BITS; bit++) {
    if (((emblem >> bit) & 1) === 0) continue;
    const row = BODY_ROW + Math.floor(bit / EMBLEM_COLUMNS);
    const column = SPRITE_SIDE / 2 - 1 - (bit % EMBLEM_COLUMNS);
    put("W", row, column);
    put("W", row, SPRITE_SIDE - 1 - column);
  }
  const column = isLeftHanded ? SPRITE_SIDE - 1 - TOOL_COLUMN : TOOL_COLUMN;
  for (const [row, letter] of TOOLS[tool]!.entries()) {
    const at = offset + (TOOL_ROW + row + down) * SPRITE_SIDE + column;
    if (target[at] === 0) put(letter, TOOL_ROW + row, column);
  }
}
