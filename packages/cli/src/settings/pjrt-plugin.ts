/** `--pjrt-plugin`: the plugin that XLA computes with, where it is not the one that has been set up. */
import * as v from "valibot";
import { text } from "./schema.ts";

export const pjrtPlugin = v.exactOptional(
  text("xla: file of a PJRT plugin, in place of the one that is set up; another vendor's, say"),
);
