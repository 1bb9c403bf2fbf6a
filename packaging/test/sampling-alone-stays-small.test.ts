import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, inject, test } from "vitest";
import stated from "../bundle-sizes.json" with { type: "json" };

/** One script each, as a user writes it. */
const scripts = {
  incremental: `export { decodeModelFile, sample } from "@pixelcnn/core";`,
  shader: `export { decodeModelFile, sample } from "@pixelcnn/core"; export { shaderSampler, requestShaderDevice } from "@pixelcnn/core/shader";`,
};

test.each(Object.keys(scripts) as (keyof typeof scripts)[])(
  "a script that draws with the %s sampler brings no TensorFlow.js and is as small as stated, within a tenth",
  async (name) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: scripts[name], resolveDir: inject("consumer") },
      bundle: true,
      minify: true,
      format: "esm",
      metafile: true,
      write: false,
    });
    expect(Object.keys(metafile.inputs).filter((file) => file.includes("tensorflow"))).toEqual([]);
    const bytes = gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
    const message = `${name}: ${bytes} bytes compressed, stated ${stated[name]} in bundle-sizes.json`;
    expect(bytes, message).toBeLessThan(1.1 * stated[name]);
    // A statement that nobody keeps up is none.
    expect(bytes, message).toBeGreaterThan(0.9 * stated[name]);
  },
);
