/**
 * The site as plain files: Next's export, then a content security policy for every page. Environment: PIXELCNN_BASE_PATH, where
 * the site lies on its host ("/gallery"); PIXELCNN_OUT, the folder to write instead of `out`.
 */
import { spawnSync } from "node:child_process";
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { securePages } from "./secure-pages.ts";

const app = fileURLToPath(new URL("..", import.meta.url));
const basePath = process.env.PIXELCNN_BASE_PATH ?? "";
const out = join(app, process.env.PIXELCNN_OUT ?? "out");

await import("./copy-models.ts");
runNext();
await rm(out, { recursive: true, force: true });
await cp(join(app, exportFolder()), out, { recursive: true });
await removeSources(join(out, "_next/static/media"));
await securePages(out, basePath);

function runNext(): void {
  const { status } = spawnSync("next", ["build"], {
    cwd: app,
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Next writes the export to `distDir` when that is not its default. */
function exportFolder(): string {
  return `.next/${basePath === "" ? "root" : "sub-path"}`;
}

/** Turbopack takes `new URL("./x.worker.ts", …)` for an asset as well, and leaves a copy of the source that nobody asks for. */
async function removeSources(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.endsWith(".ts")).map((name) => rm(join(folder, name))));
}
