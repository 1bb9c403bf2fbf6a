import { expect, it } from "vitest";
import { DRAWING, drawAgain } from "../scripts/draw-again.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

it("in the memory of a page that draws again and again: less than one in ten has pictures", async () => {
  const { page } = await site.openAnew(DRAWING);
  const { drawings, leftBytes } = await drawAgain(page, 4);
  // 16 steps of 25,600 bytes per drawing.
  expect(leftBytes).toBeLessThan((drawings / 10) * 16 * 25_600);
});
