/**
 * What one network has learned, as the start of another: of more levels, of no classes, of another data set.
 *
 * A weight tensor is taken where both networks have one of that name and shape. The rest, the logits of other levels say,
 * starts as it always does (initialise.ts), and so does what the new network's masks forbid.
 */
import { ShapeError } from "../errors.ts";
import { defineModel, type Model } from "../network/model.ts";
import { masksOf, parametersOf } from "../network/parameters.ts";

/**
 * The model `start` with every parameter of `learned` that has the same name and shape; neither is changed.
 *
 * @throws {ShapeError} when no weights of a convolution agree.
 */
export function warmStart(start: Model, learned: Model): Model {
  const shapes = new Map(parametersOf(learned.network).map(({ name, shape }) => [name, String(shape)]));
  const masks = masksOf(start.network);
  const weights = new Map([...start.weights].map(([name, values]) => [name, values.slice()]));
  let taken = 0;
  for (const { name, shape, role } of parametersOf(start.network)) {
    if (shapes.get(name) !== String(shape)) continue;
    const values = learned.weights.get(name)!.slice();
    masks.get(name)?.forEach((bit, i) => {
      if (bit === 0) values[i] = 0;
    });
    if (role === "weight") taken += 1;
    weights.set(name, values);
  }
  if (taken === 0) {
    throw new ShapeError("expected weights of the same names and shapes in both networks, got none");
  }
  return defineModel(start.network, weights);
}
