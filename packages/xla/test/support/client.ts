import { type Client, Plugin } from "@pixelcnn/pjrt";

/** The plugin that the tests run on: XLA's CPU client, or whatever `PIXELCNN_PJRT_PLUGIN` names. */
export const pluginPath = process.env.PIXELCNN_PJRT_PLUGIN;

/** A client of its own for one test file. */
export function startClient(): Promise<Client> {
  if (!pluginPath) throw new Error("expected PIXELCNN_PJRT_PLUGIN to name a plugin");
  return Plugin.load(pluginPath).createClient();
}

if (!pluginPath) {
  process.stderr.write("no PIXELCNN_PJRT_PLUGIN: the tests that need a PJRT plugin are skipped\n");
}
