import { Plugin } from "../../src/index.ts";

/** The plugin that the tests run on: XLA's CPU client, or whatever `PIXELCNN_PJRT_PLUGIN` names. */
export const pluginPath = process.env.PIXELCNN_PJRT_PLUGIN;

let loaded: Plugin | undefined;

/** The plugin, loaded once per process. */
export function loadPlugin(): Plugin {
  if (!pluginPath) throw new Error("expected PIXELCNN_PJRT_PLUGIN to name a plugin");
  loaded ??= Plugin.load(pluginPath);
  return loaded;
}

if (!pluginPath) {
  process.stderr.write("no PIXELCNN_PJRT_PLUGIN: the tests that need a PJRT plugin are skipped\n");
}
