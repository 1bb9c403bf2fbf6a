/** The worked example of docs/model-format.md, run as it stands there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { program } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { logitsOf } from "./logits.ts";
import { findPython, runPython } from "./python.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../../../docs/model-format.md", import.meta.url)),
  "utf8",
);
const folder = temporaryFolder();
const python = findPython();

describe.skipIf(python === null)("the example on the page of the model format", () => {
  it("is a model file with the logits that the page works out by hand, and can be drawn from", async () => {
    const [, source] = /```python\n([\s\S]*?)```/.exec(page)!;
    const [, pixels] = /the picture `([01 /]+)` has the logits/.exec(page)!;
    const [, table] = /has the logits\n\n```\n([\s\S]*?)```/.exec(page)!;
    const numbers = (text: string) =>
      text
        .trim()
        .split(/[\s/]+/)
        .map((word) => Number(word.replace("−", "-")));
    await runPython(python!, ["-c", source!], { cwd: folder });

    const logits = await logitsOf(join(folder, "tiny.safetensors"), numbers(pixels!), [0]);
    expect(logits).toHaveLength(6);
    expect([...logits]).toEqual(numbers(table!));

    const drawing = await program(
      folder,
      "generate",
      "--model-file",
      "tiny.safetensors",
      "--ascii",
      "--count",
      "1",
    );
    expect(drawing).toMatchObject({ code: 0, stderr: "" });
  });
});
