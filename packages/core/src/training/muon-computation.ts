/** Muon as a part of a step that an engine compiles: the changes of the matrices by muon.ts, in the places that they have in Adam's. */
import type { Trace } from "../computation/trace.ts";
import type { Value } from "../computation/value.ts";
import { type MatrixSlot, piecesOf } from "./matrix-slots.ts";
import { changeScale, type MatrixAlgebra, orthogonal } from "./muon.ts";

/**
 * What is taken from the weights, [N].
 *
 * @param adams Adam's change, [N]. @param momentum u of every weight, [N]. @param learningRate a scalar.
 */
export function replaceMatrices(
  trace: Trace,
  slots: readonly MatrixSlot[],
  adams: Value,
  momentum: Value,
  learningRate: Value,
): Value {
  const algebra = matricesIn(trace);
  const pieces = piecesOf(
    slots,
    adams.shape[0]!,
    (start, end) => trace.slice(adams, [start], [end]),
    (slot) => {
      const { start, end, rows, columns } = slot;
      const matrix = trace.reshape(trace.slice(momentum, [start], [end]), [rows, columns]);
      const direction = trace.scale(orthogonal(algebra, matrix, slot), changeScale(slot));
      const flat = trace.reshape(direction, [end - start]);
      return trace.multiply(flat, trace.everywhere(learningRate, flat.shape));
    },
  );
  return trace.concatenate(pieces, 0);
}

function matricesIn(trace: Trace): MatrixAlgebra<Value> {
  return {
    product: (x, y, transposeRight) => trace.product(x, y, { transposeRight }),
    add: (x, y) => trace.add(x, y),
    scale: (x, factor) => trace.scale(x, factor),
    transpose: (x) => trace.transpose(x, [1, 0]),
    normalise(x, least) {
      const norm = trace.unary("squareRoot", trace.sum(trace.multiply(x, x)));
      return trace.divide(x, trace.everywhere(trace.binary("maximum", norm, trace.constant(least)), x.shape));
    },
  };
}
