import { cacheFolder } from "../wheels/cache-folder.ts";
import { xlaProcessor } from "../wheels/pinned-wheels.ts";
import type { WheelSet } from "../wheels/set-up-wheels.ts";

/** XLA's processor client for this machine; undefined where nobody has built one. */
export function pluginHere(): WheelSet | undefined {
  const [wheel] = xlaProcessor;
  if (wheel === undefined) return undefined;
  return {
    backend: "xla",
    wheels: [wheel],
    folder: cacheFolder(`${wheel.name}-${wheel.version}`),
    file: "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
  };
}
