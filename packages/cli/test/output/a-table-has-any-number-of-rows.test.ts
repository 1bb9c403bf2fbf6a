import { expect, it } from "vitest";
import { fitColumns } from "../../src/output/columns.ts";

it("more rows than a call has arguments are aligned, and cut where they are too wide", () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [String(i), "x".repeat(1 + (i % 30)), "end"]);
  const lines = fitColumns(rows, 20, 1);
  expect(lines).toHaveLength(rows.length);
  expect(lines[0]).toBe("0       x        end");
  expect(lines[199_999]).toBe("199999  xxxxxx…  end");
});
