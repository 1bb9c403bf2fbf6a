import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { Model } from "../network/model.ts";
import { parametersOf } from "../network/parameters.ts";
import type { ParameterTensors } from "./forward.ts";

/** Copies a model's weights to the current backend. The caller disposes them ({@link disposeParameters}). */
export function uploadParameters({ network, weights }: Model): ParameterTensors {
  return new Map(
    parametersOf(network).map(({ name, shape }): [string, Tensor] => [
      name,
      tensor(weights.get(name)!, [...shape], "float32"),
    ]),
  );
}

/** Frees what {@link uploadParameters} made. */
export function disposeParameters(parameters: ParameterTensors): void {
  for (const parameter of parameters.values()) parameter.dispose();
}
