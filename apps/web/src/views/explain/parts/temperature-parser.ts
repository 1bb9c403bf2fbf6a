import { createParser } from "nuqs";
import { MAX_TEMPERATURE } from "../../../state/address/use-drawing-state.ts";

/** A temperature in a link; one outside its range counts as none. */
export const parseAsTemperature = createParser({
  parse: (text) => {
    const value = Number(text);
    return text !== "" && value >= 0 && value <= MAX_TEMPERATURE ? value : null;
  },
  serialize: String,
});
