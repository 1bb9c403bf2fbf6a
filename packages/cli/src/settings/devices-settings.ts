/** Settings of `devices`. */
import * as v from "valibot";
import { pjrtPlugin } from "./pjrt-plugin.ts";
import { whole } from "./schema.ts";

export const devicesSettings = v.strictObject({
  pictures: whole("how many 28×28 pictures are convolved at a time; fewer are sooner done", 1, 256),
  pjrtPlugin,
});

export const devicesDefaults = { pictures: 16 } as const;
