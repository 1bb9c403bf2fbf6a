/** Models with random weights everywhere (logits, biases and batch norm statistics too), so that nothing hides behind a zero. */

import type { Network } from "../../src/network/graph.ts";
import { defineModel, type Model } from "../../src/network/model.ts";
import { parametersOf, size } from "../../src/network/parameters.ts";
import { type AllPresetOptions, buildPreset, type PresetName } from "../../src/presets/build-preset.ts";

import { Purpose, uniform } from "../../src/random/noise.ts";

export function randomWeights(network: Network, seed: number): Model {
  const weights = new Map<string, Float32Array>();
  parametersOf(network).forEach(({ name, shape, role, node, allowed: allowedIn }, tensor) => {
    const noise = (i: number) => 2 * uniform(seed, tensor, i, Purpose.initialise, 255, 1) - 1;
    const values = Float32Array.from({ length: size(shape) }, (_, i) => noise(i));
    if (role === "weight") {
      const allowed = allowedIn?.() ?? null;
      const fanIn = (shape[0]! * shape[1]!) / node.groups.length;
      const gain = node.name === network.output ? 3 : 1.5;
      values.forEach((value, i) => {
        values[i] = allowed?.[i] === 0 ? 0 : (value * gain) / Math.sqrt(fanIn);
      });
    } else if (role === "variance" || role === "scale") {
      values.forEach((value, i) => {
        values[i] = 1 + value / 2;
      });
    } else if (role !== "table")
      values.forEach((value, i) => {
        values[i] = value / 4;
      });
    weights.set(name, values);
  });
  return defineModel(network, weights);
}

export function randomModel(name: PresetName, options: AllPresetOptions, seed = 1): Model {
  return randomWeights(buildPreset(name, options), seed);
}
