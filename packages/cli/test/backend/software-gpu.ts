/** A GPU in software for machines that have none: SwiftShader, as a headless Chromium for Linux on x64 brings it. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { extract } from "tar-stream";

const require = createRequire(import.meta.url);

export const hasSoftwareGpu = process.platform === "linux" && process.arch === "x64";

/** Unpacks the driver. @returns the environment in which a process that starts there finds it, and nothing but it. */
export async function unpackSoftwareGpu(folder: string): Promise<NodeJS.ProcessEnv> {
  const chromium = packageOf(require.resolve("@sparticuz/chromium"));
  const archive = join(chromium, "bin", "swiftshader.tar.br");
  mkdirSync(folder, { recursive: true });
  const unpacked = extract();
  unpacked.end(brotliDecompressSync(readFileSync(archive)));
  for await (const file of unpacked) {
    const parts: Buffer[] = [];
    for await (const part of file) parts.push(part as Buffer);
    writeFileSync(join(folder, file.header.name), Buffer.concat(parts), { mode: 0o755 });
  }
  return {
    VK_DRIVER_FILES: join(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: folder,
    PIXELCNN_SOFTWARE_GPU: "1",
  };
}

function packageOf(file: string): string {
  const folder = dirname(file);
  return folder.endsWith(join("@sparticuz", "chromium")) ? folder : packageOf(folder);
}
