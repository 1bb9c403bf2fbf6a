/** When Teach says that a shape can be recognised: sheets of a real training, and what the page makes of them. */
import { beforeEach, expect, it } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { takeSheet } from "../src/state/teaching/take-progress.ts";
import { useTeaching } from "../src/state/teaching/teaching-store.ts";
import type { Sheet } from "../src/workers/teaching/lesson.ts";
import { recognisedCells } from "../src/workers/teaching/recognised-cells.ts";

const shown = EXAMPLES.map(({ drawing }, cell) => ({ cell, drawing }));
const STAR = 2;

/** Both pictures of the star that a model drew of the ten examples: blots at step 60, stars at step 180. Levels, a row a line. */
const BLOTS = `
  0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000122100000000 0001333310123310 0002311321332310
  0003320233300330 0002332331100330 0003333332100131 0001313323310010 0001333223320000 0000331000131000 0000232000032000 0000010000023100
  0000000000000000 0000000000000000 0000000110000000 0000001331000000 0000002333100000 0000002323200000 0013333333310000 0123333333330000
  0000021321330000 0000133311330000 0000332333330000 0002331322300000 0001321321300000 0000210111300000 0000000000000000 0000000000000000`;
const STARS = `
  0000000000000000 0000000110000000 0000000330000000 0000001331000000 0000002331000000 0000002332111100 0122223233333310 0033333333222310
  0001331002311310 0000022333310310 0000033332332310 0000133232333200 0000133321323200 0000132100233100 0000000000121000 0000000000000000
  0000000000000000 0000000000000000 0000000210000000 0000002320000000 0000003331000000 0000013333000000 0022233323210000 0133333333332100
  0013231023333100 0001332123221000 0000333333100000 0002323313300000 0003321333300000 0003320123300000 0002330002310000 0000000000000000`;

const levelsOf = (rows: string) => Uint8Array.from(rows.replaceAll(/\s/g, ""), Number);

function sheetAt(step: number, cells: readonly number[]): Sheet {
  return { step, pixels: new Uint8Array(), cells: [], heldOut: 0, recognisedCells: cells };
}

beforeEach(() => useTeaching.setState(useTeaching.getInitialState(), true));

it("two stars are recognised; a blot that is like one by chance, beside one that is not, is no star", () => {
  expect(recognisedCells(levelsOf(STARS), [STAR, STAR], shown)).toEqual([STAR]);
  expect(recognisedCells(levelsOf(BLOTS), [STAR, STAR], shown)).toEqual([]);
});

it("what was recognised once may be chance; the first shape is one that is there on two sheets running", () => {
  const said = () => useTeaching.getState().firstRecognised;
  takeSheet(sheetAt(0, []));
  takeSheet(sheetAt(60, [3]));
  takeSheet(sheetAt(120, [STAR]));
  expect(said()).toBeNull();
  takeSheet(sheetAt(180, [5, STAR]));
  expect(said()).toBe(120);
  takeSheet(sheetAt(240, [5]));
  expect(said()).toBe(120);
});
