/** Nine switches in a link: "111100000". */
import { createParser } from "nuqs";

const COUNT = 9;

/** What is not nine zeros and ones counts as nothing: the default is shown. */
export const parseAsSwitches = createParser<readonly boolean[]>({
  parse: (text) => (/^[01]+$/.test(text) && text.length === COUNT ? switches(text) : null),
  serialize: (value) => value.map(Number).join(""),
  eq: (a, b) => a.every((on, i) => on === b[i]),
});

/** "111100000" as switches. */
export function switches(text: string): readonly boolean[] {
  return [...text].map((digit) => digit === "1");
}
