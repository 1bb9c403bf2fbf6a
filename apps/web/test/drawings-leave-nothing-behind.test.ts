import { expect, it } from "vitest";
import { DRAWING, drawAgain } from "../scripts/draw-again.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

it("in the memory of a page that draws again and again: less than one of them has pictures", async () => {
  const { page } = await site.openAnew(DRAWING);
  // 16 steps of 25,600 bytes per drawing.
  expect((await drawAgain(page, 10)).leftBytes).toBeLessThan(16 * 25_600);
});
