import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeModelFile, sample } from "@pixelcnn/core";
import { launchChromium } from "@pixelcnn/software-gpu";
import { expect, inject, test } from "vitest";
import { run } from "../src/pack.ts";
import { startRegistry } from "../src/registry.ts";

const tutorial = fileURLToPath(new URL("../../docs/tutorial.md", import.meta.url));

/** What a reader types, as one script: the blocks of shell, and the files that "In `name`:" announces. */
async function typed(): Promise<string> {
  const text = await readFile(tutorial, "utf8");
  const blocks = text.matchAll(/(?:In `([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$/gms);
  const steps = Array.from(blocks, ([, file, language, block]) => {
    if (file !== undefined) return `cat > ${file} <<'END OF FILE'\n${block}END OF FILE\n`;
    if (language !== "sh") throw new Error(`expected the name of a file before a block of ${language}`);
    return block;
  });
  return ["set -euo pipefail", ...steps].join("\n");
}

test("its pictures become a model, and the page draws what the model draws", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-tutorial-"));
  const registry = await startRegistry(Object.values(inject("tarballs")));
  const browser = await launchChromium();
  try {
    const settings = await readFile(join(homedir(), ".npmrc"), "utf8").catch(() => "");
    await writeFile(join(folder, "npmrc"), `${settings}\n${registry.lines}`);
    await writeFile(join(folder, "tutorial.sh"), await typed());
    await run("bash", ["tutorial.sh"], folder, {
      NPM_CONFIG_USERCONFIG: join(folder, "npmrc"),
      NPM_CONFIG_AUDIT: "false",
      NPM_CONFIG_PREFER_OFFLINE: "true",
      // A command is typed in the folder that the script is in by then.
      INIT_CWD: "",
    });
    const leaves = join(folder, "leaves");
    const bytes = await readFile(join(leaves, "first/model.safetensors"));

    const page = await browser.newPage();
    await page.route("http://localhost/**", async (route) => {
      const path = normalize(new URL(route.request().url()).pathname);
      await route.fulfill({ path: join(leaves, "dist", path === "/" ? "index.html" : path) });
    });
    await page.goto("http://localhost/");
    await page.waitForFunction('document.body.dataset.seed === "0"');
    expect(await page.evaluate(greys)).toEqual(await expectedGreys(bytes, 0));
    await page.click("button");
    await page.waitForFunction('document.body.dataset.seed === "1"');
    expect(await page.evaluate(greys)).toEqual(await expectedGreys(bytes, 1));
  } finally {
    await browser.close();
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** The red of every pixel of every canvas, asked in the page, of whose names nothing is known here. */
const greys = `[...document.querySelectorAll("canvas")].flatMap((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [...data].filter((_, i) => i % 4 === 0);
})`;

async function expectedGreys(bytes: Uint8Array, seed: number): Promise<number[]> {
  const { model } = decodeModelFile(bytes);
  for await (const { complete, pixels } of sample(model, { count: 6, seed, classLabel: 1 })) {
    if (complete) return Array.from(pixels, (level) => Math.ceil((255 * level) / 3));
  }
  throw new Error("expected a complete frame");
}
