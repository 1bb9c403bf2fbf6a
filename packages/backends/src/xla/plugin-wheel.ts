/**
 * XLA's processor client as a PJRT plugin. The XLA project publishes none by itself; this package is that client alone, of jaxlib 0.11.2's XLA.
 */
import type { Wheel } from "../wheels/wheel.ts";

/** A wheel with a plugin in it. */
export interface PluginWheel extends Wheel {
  /** The plugin's file in the wheel. */
  readonly plugin: string;
}

const wheels: Readonly<Record<string, PluginWheel>> = {
  "linux-x64": {
    name: "lammps-jax-pjrt-cpu",
    version: "0.11.2",
    sha256: "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
    bytes: 62_711_338,
    platform: "manylinux_2_27_x86_64",
    plugin: "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
  },
};

/** The wheel for this machine; undefined where nobody has built one. */
export function pluginWheel(): PluginWheel | undefined {
  return wheels[`${process.platform}-${process.arch}`];
}
