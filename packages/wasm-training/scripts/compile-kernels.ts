// AssemblyScript to WebAssembly, in the two variants that an engine can ask for.

import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** Absolute path of the module that `compileKernels` gives the text of. */
export const generatedFile = `${packageFolder}src/kernels.generated.ts`;

const variants = { simd: [], relaxedSimd: ["--enable", "relaxed-simd"] };

/** @returns the text of src/kernels.generated.ts, a pure function of assembly/ and of the compiler's version. */
export async function compileKernels(): Promise<string> {
  const lines = ["// Made by scripts/build-kernels.ts from assembly/. Do not edit.", ""];
  lines.push("/** WebAssembly modules in base64. */", "export const kernelModules = {");
  for (const [name, flags] of Object.entries(variants)) {
    const binary = await compile(flags);
    lines.push(`  ${name}: "${Buffer.from(binary).toString("base64")}",`);
  }
  return `${lines.join("\n")}\n};\n`;
}

async function compile(flags: readonly string[]): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  let text = "";
  const { error, stderr } = await main(
    [
      ...[
        "assembly/index.ts",
        "--baseDir",
        packageFolder,
        "--outFile",
        "kernels.wasm",
        "--textFile",
        "kernels.wat",
      ],
      ...[
        "-O3",
        "--noAssert",
        "--runtime",
        "stub",
        "--importMemory",
        "--noExportMemory",
        "--enable",
        "simd",
        ...flags,
      ],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents as Uint8Array;
        if (name.endsWith(".wat")) text = String(contents);
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  // The heap belongs to tfjs: a data segment or a second import would write over it or ask for what nobody gives.
  if (/^ \(data/m.test(text) || (text.match(/^ \(import/gm) ?? []).length !== 1) {
    throw new Error("The kernels must import the memory alone and hold no data segment.");
  }
  return binary;
}
