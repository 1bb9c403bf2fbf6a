import { expect, it } from "vitest";
import { fitColumns } from "../../src/output/columns.ts";

it("more rows than a call has arguments are aligned, and stand in blocks where they are too wide", () => {
  const rows = Array.from({ length: 130_020 }, (_, i) => [String(i), "x".repeat(1 + (i % 30)), "end"]);
  const aligned = fitColumns(rows, 80, 1);
  expect(aligned).toHaveLength(rows.length);
  expect(aligned[0]).toBe(`0       x${" ".repeat(29)}  end`);
  const blocks = fitColumns(rows, 20, 1);
  expect(blocks).toHaveLength(rows.length);
  expect(blocks[130_019]!.split("\n")[0]).toBe("130019");
  expect(blocks[130_019]).toContain("x".repeat(20));
});
