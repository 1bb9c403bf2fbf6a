import { cast, oneHot, type Tensor, type Tensor2D, tensor, tensor1d, tidy } from "@tensorflow/tfjs-core";
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

export function disposeParameters(parameters: ParameterTensors): void {
  for (const parameter of parameters.values()) parameter.dispose();
}

/** Class labels as rows of a unit matrix, [B, classes] float32. */
export function oneHotLabels(labels: Int32Array, classes: number): Tensor2D {
  return tidy(() => cast(oneHot(tensor1d(labels, "int32"), classes), "float32") as Tensor2D);
}
