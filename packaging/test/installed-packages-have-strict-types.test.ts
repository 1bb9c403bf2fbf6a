import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { expect, inject, test } from "vitest";

const consumer = inject("consumer");

/** Libraries are read once for all checks. */
const read = new Map<string, ts.SourceFile | undefined>();

/** Files of other packages that were found to be right. However ours are found, they are the same. */
const checked = new Set<ts.SourceFile>();

/** Type-checks one file, and what it brings, and expects no finding. */
async function check(file: string, changes: object): Promise<void> {
  const { compilerOptions } = JSON.parse(await readFile(join(consumer, "tsconfig.json"), "utf8"));
  const config = { compilerOptions: { ...compilerOptions, ...changes }, files: [file] };
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, consumer);
  expect(errors).toEqual([]);
  const program = ts.createProgram(fileNames, options, hostOf(options));
  const findings = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  for (const source of program.getSourceFiles()) {
    if (checked.has(source)) continue;
    findings.push(...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source));
    const isOurs = !source.fileName.includes("/node_modules/") || source.fileName.includes("/@pixelcnn/");
    if (!isOurs && !options.skipLibCheck) checked.add(source);
  }
  expect(ts.formatDiagnostics(findings, hostOf(options))).toBe("");
}

/** Reads from the folder where the packages are installed, and everything once. */
function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getCurrentDirectory: () => consumer,
    getSourceFile(path, language, ...others) {
      // It is parsed as what its package says that it is: an ECMAScript module or not.
      const format = typeof language === "object" ? language.impliedNodeFormat : undefined;
      const key = `${path} ${format}`;
      if (!read.has(key)) read.set(key, host.getSourceFile(path, language, ...others));
      return read.get(key);
    },
  };
}

test("entries without tensors, every library checked but TypeScript's own, as Node and as a bundler resolves", async () => {
  await check("sampling.ts", {});
  await check("sampling.ts", { module: "ESNext", moduleResolution: "Bundler" });
});

test("entries with tensors, TensorFlow.js's own types taken as they are", async () => {
  await check("training.ts", { skipLibCheck: true });
});
