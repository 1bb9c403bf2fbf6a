import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { expect, inject, test } from "vitest";
import stated from "../bundle-sizes.json" with { type: "json" };

/** One script each, as a user writes it. */
const scripts = {
  incremental: `export { decodeModelFile, sample } from "@pixelcnn/core";`,
  shader: `export { decodeModelFile, sample } from "@pixelcnn/core"; export { shaderSampler, requestShaderDevice } from "@pixelcnn/core/shader";`,
};

/** What a first picture fetches: the script, what it imports at once, and the kernels; those of attention and of mixtures come with a model that has them. */
function fetchedAtOnce({ outputs }: Metafile): string[] {
  const fetched = Object.keys(outputs).filter(
    (file) => outputs[file]!.entryPoint === "<stdin>" || /\/kernels-simd\./.test(file),
  );
  for (const file of fetched) {
    for (const { path, kind } of outputs[file]!.imports) {
      if (kind === "import-statement" && path in outputs && !fetched.includes(path)) fetched.push(path);
    }
  }
  expect(fetched.length).toBeGreaterThan(2);
  return fetched;
}

test.each(Object.keys(scripts) as (keyof typeof scripts)[])(
  "a script that draws with the %s sampler brings no TensorFlow.js and is as small as stated, within a tenth",
  async (name) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: scripts[name], resolveDir: inject("consumer") },
      bundle: true,
      splitting: true,
      minify: true,
      format: "esm",
      metafile: true,
      write: false,
      outdir: "out",
    });
    expect(Object.keys(metafile.inputs).filter((file) => file.includes("tensorflow"))).toEqual([]);
    const fetched = fetchedAtOnce(metafile);
    const bytes = outputFiles
      .filter(({ path }) => fetched.some((file) => path.endsWith(file)))
      .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
    const message = `${name}: ${bytes} bytes compressed, stated ${stated[name]} in bundle-sizes.json`;
    expect(bytes, message).toBeLessThan(1.1 * stated[name]);
    // A statement that nobody keeps up is none.
    expect(bytes, message).toBeGreaterThan(0.9 * stated[name]);
  },
);
