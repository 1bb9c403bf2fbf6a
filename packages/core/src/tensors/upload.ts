import { type Tensor, type Tensor2D, tensor, tensor2d } from "@tensorflow/tfjs-core";
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

/** Class labels as rows of a unit matrix, [B, classes] float32. TensorFlow.js's own `oneHot` refuses a single class. */
export function oneHotLabels(labels: Int32Array, classes: number): Tensor2D {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, b) => {
    rows[b * classes + label] = 1;
  });
  return tensor2d(rows, [labels.length, classes]);
}
