/** Settings of `datasets fetch` and `datasets show`. */
import * as v from "valibot";
import { choice, colour, flag, pictureSize, text, whole } from "./schema.ts";

const dataDir = v.exactOptional(text("folder that holds the data sets' folders, or one of them itself"));

export const listSettings = v.strictObject({ dataDir });

export const fetchSettings = v.strictObject({ dataDir });

export const showSettings = v.strictObject({
  dataDir,
  size: v.exactOptional(
    pictureSize(
      "WxH, or one number, in pixels, of glyphs (default: 16) or of a folder's pictures (default: theirs, or 32)",
    ),
  ),
  grey: v.exactOptional(flag("read a folder's pictures as grey (default: as they are)")),
  palette: v.exactOptional(
    choice(
      "read a folder's pictures as colours by number (default: where every file is an indexed PNG or GIF)",
      ["yes", "no"],
    ),
  ),
  background: v.exactOptional(
    colour("what shows through transparent parts of pictures: white, black or #rrggbb (default: white)"),
  ),
  split: choice("part of the set: train, validation, test", ["train", "validation", "test"]),
  columns: whole("pictures in a row of the sheet; a row is a class where there are classes", 1, 256),
  rows: v.exactOptional(whole("rows of the sheet (default: a row per class, 10 without classes)", 1, 256)),
  scale: v.exactOptional(whole("screen pixels of one picture pixel (default: 1 to 4 by size)", 1, 64)),
  out: text("PNG file of the sheet, - for standard output"),
});

export const showDefaults = { split: "train", columns: 12, out: "dataset.png" } as const;
