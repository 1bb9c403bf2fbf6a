import { defineModel, type Model, type Network, Purpose, parametersOf, uniform } from "@pixelcnn/core";

/** A model with random weights, scaled so that activations neither vanish nor explode; the logits are far from 0. */
export function randomModel(network: Network): Model {
  const weights = new Map<string, Float32Array>();
  parametersOf(network).forEach(({ name, shape, role, allowed: allowedIn }, tensor) => {
    const length = shape.reduce((product, n) => product * n, 1);
    const values = Float32Array.from(
      { length },
      (_, i) => 2 * uniform(0, tensor, i, Purpose.initialise, 0, 0) - 1,
    );
    if (role === "weight") {
      const allowed = allowedIn?.() ?? null;
      const gain = Math.sqrt(3 / (shape[0]! * shape[1]!));
      values.forEach((value, i) => {
        values[i] = allowed?.[i] === 0 ? 0 : value * gain;
      });
    } else if (role === "variance" || role === "scale") values.fill(1);
    else if (role === "mean") values.fill(0);
    weights.set(name, values);
  });
  return defineModel(network, weights);
}
