/**
 * One schema a command is the source of everything that is said about its settings: the flags and their help, the keys of a
 * config file, the JSON Schema for editors, and the error for a wrong value.
 */
import * as v from "valibot";

/** A whole number from `least` to `most`. */
export function whole(description: string, least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
    v.description(description),
  );
}

/** A number from `least` to `most`. */
export function figure(description: string, least: number, most: number) {
  const expected = `a number from ${least} to ${most}`;
  return v.pipe(
    v.number(expected),
    v.finite(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
    v.description(description),
  );
}

/** @param examples values that are often meant; editors and shells offer them. */
export function text(description: string, examples: readonly string[] = []) {
  const schema = v.pipe(
    v.string("text"),
    v.minLength(1, "text that is not empty"),
    v.description(description),
  );
  return examples.length === 0 ? schema : v.pipe(schema, v.examples([...examples]));
}

/** A model: its name or a path. */
export function model(description: string) {
  return v.pipe(text(description), v.metadata({ names: "models" }));
}

/** Width and height as "32x20", or one number for a square, as text or a number; see parseSize. */
export function pictureSize(description: string) {
  const expected = "a size such as 32x20 (width x height) or 32, of 1 to 1024 pixels";
  const side = "(?:[1-9]\\d{0,2}|10[01]\\d|102[0-4])";
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(expected), v.regex(new RegExp(`^${side}(?:x${side})?$`), expected)),
        v.pipe(v.number(expected), v.integer(expected), v.minValue(1, expected), v.maxValue(1024, expected)),
      ],
      expected,
    ),
    v.description(description),
  );
}

/** A length of time such as "30m" or "1h30m"; see minutesOf. */
export function lengthOfTime(description: string) {
  const expected = "a time such as 90s, 30m, 1h30m or 2d";
  return v.pipe(
    v.string(expected),
    v.regex(/^(?=\d)(?:\d{1,3}d)?(?:\d{1,4}h)?(?:\d{1,6}m)?(?:\d{1,7}s)?$/, expected),
    v.check((time) => minutesOf(time) >= 0.01, `${expected}, of a second or more`),
    v.description(description),
  );
}

/** Minutes of a time such as "1h30m". */
export function minutesOf(time: string): number {
  const minutes = { d: 1440, h: 60, m: 1, s: 1 / 60 } as const;
  const parts = [...time.matchAll(/(\d+)([dhms])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * minutes[unit as keyof typeof minutes],
    0,
  );
}

/** How many devices: "all", or a number, as text or a number. */
export function deviceCount(description: string) {
  const expected = "all or a whole number from 1 to 99";
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(expected), v.regex(/^(?:all|[1-9]\d?)$/, expected)),
        v.pipe(v.number(expected), v.integer(expected), v.minValue(1, expected), v.maxValue(99, expected)),
      ],
      expected,
    ),
    v.description(description),
    v.examples(["all"]),
  );
}

/** A colour that is the same in every app: "white", "black" or "#rrggbb". */
export function colour(description: string) {
  const expected = "white, black or a colour such as #e0e0e0";
  return v.pipe(
    v.string(expected),
    v.regex(/^(?:white|black|#[0-9a-fA-F]{6})$/, expected),
    v.description(description),
  );
}

export function choice<const T extends readonly string[]>(description: string, values: T) {
  return v.pipe(v.picklist(values, `one of ${values.join(", ")}`), v.description(description));
}

export function flag(description: string) {
  return v.pipe(v.boolean("true or false"), v.description(description));
}

export function wholes(description: string, least: number, most: number) {
  const expected = `whole numbers from ${least} to ${most}`;
  const one = v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
  return v.pipe(v.array(one, expected), v.minLength(1, expected), v.description(description));
}

/** Some of a few names. */
export function choices<const T extends readonly string[]>(description: string, values: T) {
  const expected = `some of ${values.join(", ")}`;
  const one = v.picklist(values, expected);
  return v.pipe(v.array(one, expected), v.minLength(1, expected), v.description(description));
}

/** Settings by name; every one may be left out of a config file or a command line. */
export type SettingsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** The type of one setting, as far as reading it from a command line goes. */
export function kindOf(schema: v.GenericSchema): "number" | "text" | "flag" | "numbers" | "texts" {
  const inner = innerOf(schema) as v.GenericSchema & { readonly item?: v.GenericSchema };
  switch (inner.type) {
    case "number":
      return "number";
    case "boolean":
      return "flag";
    case "array":
      return inner.item?.type === "picklist" ? "texts" : "numbers";
    default:
      return "text";
  }
}

export function descriptionOf(schema: v.GenericSchema): string {
  return v.getDescription(innerOf(schema)) ?? "";
}

/** Values that may be offered for a setting: all that there are of a choice, examples of a text. */
export function suggestionsOf(schema: v.GenericSchema): readonly string[] {
  const inner = innerOf(schema) as v.GenericSchema & { readonly options?: unknown };
  if (inner.type === "picklist") return inner.options as readonly string[];
  return v.getExamples(inner) as readonly string[];
}

/** Are its values all that are offered? */
export function isChoice(schema: v.GenericSchema): boolean {
  return innerOf(schema).type === "picklist";
}

/** Does it name a model? */
export function isModel(schema: v.GenericSchema): boolean {
  return v.getMetadata(innerOf(schema)).names === "models";
}

/** The schema itself of a setting that may be left out. */
function innerOf(schema: v.GenericSchema): v.GenericSchema {
  return schema.type === "exact_optional"
    ? (schema as unknown as { wrapped: v.GenericSchema }).wrapped
    : schema;
}
