import type { ReceptiveField } from "@pixelcnn/core";
import { expect, it } from "vitest";
import { smallPicture, widePicture } from "../../src/output/receptive-field-picture.ts";

/** Two rows up, two columns left, one right, and a blind spot right above. */
const seen = [
  ...[-2, -1, 0, 1].map((dx) => ({ dy: -2, dx, channel: 0 })),
  ...[-2, -1].map((dx) => ({ dy: -1, dx, channel: 0 })),
  ...[-2, -1].map((dx) => ({ dy: 0, dx, channel: 0 })),
];
const field: ReceptiveField = { seen, blindSpot: [], reach: { up: 2, left: 2, right: 1 } };

it("a character per value", () => {
  expect(widePicture(field)).toEqual(["# # # #", "# # · ·", "# # @"]);
});

it("two rows a line", () => {
  expect(smallPicture(field)).toEqual(["▄▄▄▄", "██@"]);
});
