/**
 * The site as plain files: Next's export, then a content security policy for every page, then a service worker that keeps them. Where the site
 * lies on its host ("/gallery") comes as --base-path or in PIXELCNN_BASE_PATH; --out names another folder than `out`.
 */
import { spawnSync } from "node:child_process";
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { securePages } from "./secure-pages.ts";
import { writeServiceWorker } from "./write-service-worker.ts";

const app = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { "base-path": { type: "string" }, out: { type: "string" } } });
const basePath = values["base-path"] ?? process.env.PIXELCNN_BASE_PATH ?? "";
const out = join(app, values.out ?? "out");

await import("./copy-models.ts");
await import("./copy-kernels.ts");
runNext();
await rm(out, { recursive: true, force: true });
await cp(join(app, exportFolder()), out, { recursive: true });
await removeSources(join(out, "_next/static/media"));
await securePages(out, basePath);
await writeServiceWorker(out);

function runNext(): void {
  const { status } = spawnSync("next", ["build"], {
    cwd: app,
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", PIXELCNN_BASE_PATH: basePath },
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
