/** AssemblyScript to WebAssembly: the kernels with plain SIMD and with relaxed SIMD. */
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

const variants = { simd: [], "relaxed-simd": ["--enable", "relaxed-simd"] };

/** One module a variant, so that a page fetches only the one that its browser runs. */
export interface GeneratedFile {
  /** Absolute. */
  readonly path: string;
  /** A function of kernels/ and the compiler's version alone. */
  readonly text: string;
}

/** What src/samplers/incremental/simd/kernels-*.generated.ts should be. */
export async function compileKernels(): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const [variant, flags] of Object.entries(variants)) {
    const lines = [
      "// Made by scripts/build-kernels.ts from kernels/. Do not edit.",
      "",
      "/** A WebAssembly module in base64. */",
      "export const kernels =",
      `  "${Buffer.from(await compile(flags)).toString("base64")}";`,
    ];
    const path = `${packageFolder}src/samplers/incremental/simd/kernels-${variant}.generated.ts`;
    files.push({ path, text: `${lines.join("\n")}\n` });
  }
  return files;
}

async function compile(flags: readonly string[]): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--enable", "simd", ...flags];
  const { error, stderr } = await main(
    ["kernels/index.ts", "--baseDir", packageFolder, "--outFile", "kernels.wasm", ...options],
    {
      writeFile: (_, contents) => {
        binary = contents as Uint8Array;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return binary;
}
