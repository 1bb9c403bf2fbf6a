/** AssemblyScript to WebAssembly: the kernels with plain SIMD and with relaxed SIMD. */
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** Absolute path of the module that {@link compileKernels} gives the text of. */
export const generatedFile = `${packageFolder}src/incremental/simd/kernels.generated.ts`;

const variants = { simd: [], relaxedSimd: ["--enable", "relaxed-simd"] };

/** The text of src/incremental/simd/kernels.generated.ts: a function of kernels/ and the compiler's version alone. */
export async function compileKernels(): Promise<string> {
  const lines = ["// Made by scripts/build-kernels.ts from kernels/. Do not edit.", ""];
  lines.push("/** WebAssembly modules in base64. */", "export const kernelModules = {");
  for (const [name, flags] of Object.entries(variants)) {
    lines.push(`  ${name}: "${Buffer.from(await compile(flags)).toString("base64")}",`);
  }
  return `${lines.join("\n")}\n};\n`;
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
