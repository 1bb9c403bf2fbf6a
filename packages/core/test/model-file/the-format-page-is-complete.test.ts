/** docs/model-format.md against the code: every field and operation has its place there. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { description } from "../../src/model-file/description.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../../../docs/model-format.md", import.meta.url)),
  "utf8",
);
/** What stands in `code` between the examples. */
const code = [...page.replace(/```[\s\S]*?```/g, "").matchAll(/`([^`]+)`/g)]
  .map(([, text]) => text!)
  .join(" ");

/** Parts of a valibot schema. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly (Schema | string)[];
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly literal?: unknown;
}

/** Names of all fields, and all texts that a field may be. */
function namesIn(schema: Schema): string[] {
  const below = Object.entries(schema.entries ?? {}).flatMap(([key, value]) => [key, ...namesIn(value)]);
  for (const option of schema.options ?? []) {
    below.push(...(typeof option === "string" ? [option] : namesIn(option)));
  }
  if (schema.item) below.push(...namesIn(schema.item));
  if (schema.wrapped) below.push(...namesIn(schema.wrapped));
  if (typeof schema.literal === "string") below.push(schema.literal);
  return below;
}

describe("the page of the model format", () => {
  const names = [...new Set(namesIn(description as unknown as Schema))];

  it("knows the code's fields and operations", () => {
    for (const name of [
      "formatVersion",
      "bitsPerDim",
      "pairs",
      "perClass",
      "epsilon",
      "rate",
      "dynamic",
      "gate",
    ]) {
      expect(names).toContain(name);
    }
  });

  it.each(names)("has a place for %s", (name) => {
    expect(code).toMatch(new RegExp(`\\b${name}\\b`));
  });

  const operations = (description.entries.network.entries.nodes as unknown as { item: Schema }).item
    .options as Schema[];
  it.each(operations.map(({ entries }) => entries!))(
    "has a row with the fields of operation %$",
    (entries) => {
      const { op, name: _, inputs: __, groups: ___, ...own } = entries;
      const row = page.split("\n").find((line) => line.startsWith(`| \`${op!.literal}\``))!;
      for (const field of Object.keys(own)) expect(row).toContain(`\`${field}\``);
    },
  );
});
