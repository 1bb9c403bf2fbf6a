/** The built site, and what is in it. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";

export const out = fileURLToPath(new URL("../../out", import.meta.url));
export const outSubPath = fileURLToPath(new URL("../../out-sub-path", import.meta.url));
/** Where the second build lies on its host. */
export const SUB_PATH = "/some/where";

for (const folder of [out, outSubPath]) {
  if (existsSync(folder)) continue;
  throw new Error(
    `expected the built site in ${folder}; run \`pnpm exec turbo run test --filter=@pixelcnn/web\``,
  );
}

/** Addresses of all pages, "/" and "/generate/" among them. */
export async function pages(): Promise<string[]> {
  const files = await readdir(out, { recursive: true });
  return files
    .map((file) => `/${file.split(sep).join("/")}`)
    .filter((file) => file.endsWith("/index.html") && !/^\/(_not-found|404)\//.test(file))
    .map((file) => file.slice(0, -"index.html".length));
}
