/** Puts XLA's processor client into the user's cache. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { BackendError } from "../backend-error.ts";
import type { SetupOptions } from "../engine.ts";
import { installWheel, megabytes } from "../wheels/install-wheel.ts";
import { pluginFolder } from "./find-plugin.ts";
import { pluginWheel } from "./plugin-wheel.ts";
import { startXla } from "./start-xla.ts";

/**
 * @returns the plugin's file; null after `remove`
 * @throws {BackendError} one line that says what failed and what to do
 */
export async function setUpXla({
  force = false,
  from,
  remove = false,
  line,
}: SetupOptions): Promise<string | null> {
  const wheel = pluginWheel();
  if (wheel === undefined) {
    throw new BackendError(
      `expected a machine that XLA's client is built for (Linux on x64), got ${process.platform} on ${process.arch}; ` +
        "name a PJRT plugin of your own in PIXELCNN_PJRT_PLUGIN",
    );
  }
  const folder = pluginFolder(wheel);
  const file = join(folder, wheel.plugin);
  if (remove) {
    await rm(folder, { recursive: true, force: true });
    line(`removed ${folder}`);
    return null;
  }
  if (existsSync(file) && !force) {
    line(`xla is set up: ${file}`);
    return file;
  }
  const what = `${wheel.name} ${wheel.version}, ${megabytes(wheel.bytes)} MB`;
  line(from === undefined ? `fetching ${what}` : `taking ${what} from ${from}`);
  await installWheel(wheel, folder, from);
  const { client, name } = await startXla(file);
  await client.dispose();
  line(`xla computes on ${name}; use it with --backend xla`);
  return file;
}
