/** AssemblyScript to WebAssembly: the kernels' modules, each with plain SIMD and with relaxed SIMD. */
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** Their files in src, by what they are compiled from. */
const modules = {
  index: "kernels",
  attention: "attention-kernels",
  cells: "cell-kernels",
  mixtures: "mixture-kernels",
};
const variants = { simd: [], "relaxed-simd": ["--enable", "relaxed-simd"] };

/** One file a module and a variant, so that a page fetches only what its models need and its browser runs. */
export interface GeneratedFile {
  /** Absolute. */
  readonly path: string;
  /** A function of kernels/ and the compiler's version alone. */
  readonly text: string;
}

/** What src/samplers/incremental/simd/*.generated.ts should be. */
export async function compileKernels(): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  const wanted = Object.entries(modules).flatMap(([entry, name]) =>
    Object.entries(variants).map(([variant, flags]) => ({ entry, name: `${name}-${variant}`, flags })),
  );
  for (const { entry, name, flags } of wanted) {
    const lines = [
      "// Made by scripts/build-kernels.ts from kernels/. Do not edit.",
      "",
      "/** A WebAssembly module in base64. */",
      "export const kernels =",
      `  "${Buffer.from(await compile(entry, flags)).toString("base64")}";`,
    ];
    const path = `${packageFolder}src/samplers/incremental/simd/${name}.generated.ts`;
    files.push({ path, text: `${lines.join("\n")}\n` });
  }
  return files;
}

async function compile(entry: string, flags: readonly string[]): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--enable", "simd", ...flags];
  const { error, stderr } = await main(
    [`kernels/${entry}.ts`, "--baseDir", packageFolder, "--outFile", "kernels.wasm", ...options],
    {
      writeFile: (_, contents) => {
        binary = contents as Uint8Array;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return binary;
}
