/** The plugin that `--pjrt-plugin` names, for this process and those that it starts. */
import type { BackendName } from "@pixelcnn/backends";
import { CliError } from "./cli-error.ts";
import { userPath } from "./user-path.ts";

interface Chosen {
  readonly backend: BackendName;
  readonly pjrtPlugin?: string;
}

/**
 * The settings with the plugin named, for this process and those that it starts. Whoever names one wants XLA, so that it is what `auto` is then.
 *
 * @throws {CliError} beside a backend that has no use for it, {BackendError} when there is no such file
 */
export async function withPlugin<S extends Chosen>(settings: S): Promise<S> {
  if (settings.pjrtPlugin === undefined) return settings;
  const { backend } = settings;
  if (backend !== "auto" && backend !== "xla")
    throw new CliError(
      `--pjrt-plugin: expected --backend xla beside it, got ${backend}; leave one of them out`,
    );
  const path = await namePlugin(settings.pjrtPlugin);
  return { ...settings, backend: "xla", pjrtPlugin: path };
}

/** @returns the file. @throws {BackendError} when there is none */
export async function namePlugin(given: string): Promise<string> {
  const { usePlugin } = await import("@pixelcnn/backends");
  const path = userPath(given);
  await usePlugin(path);
  return path;
}
