/** Puts XLA's processor client into the user's cache. What computes is loaded when there is something to compute. */
import { join } from "node:path";
import { BackendError } from "../backend-error.ts";
import type { SetupOptions } from "../engine.ts";
import { setUpWheels } from "../wheels/set-up-wheels.ts";
import { pluginHere } from "./plugin-wheel.ts";

/**
 * @returns the plugin's file; null after `remove`
 * @throws {BackendError} one line that says what failed and what to do
 */
export async function setUpXla(options: SetupOptions): Promise<string | null> {
  const plugin = pluginHere();
  if (plugin === undefined) {
    throw new BackendError(
      `expected a machine that XLA's client is built for (Linux on x64), got ${process.platform} on ${process.arch}; ` +
        "name a PJRT plugin of your own in PIXELCNN_PJRT_PLUGIN",
    );
  }
  return setUpWheels(plugin, options, {
    build: async (content) => {
      const { startXla } = await import("./start-xla.ts");
      const { client, name } = await startXla(join(content, plugin.file));
      await client.dispose();
      return name;
    },
  });
}
