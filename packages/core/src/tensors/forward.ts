/** The forward pass of a network on the current backend: traced once for a network and a number of pictures, then executed. */
import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { Computation } from "../computation/computation.ts";
import { forwardPass } from "../computation/forward-pass.ts";
import { onceFor } from "../computation/once-for.ts";
import { Trace } from "../computation/trace.ts";
import type { Network } from "../network/graph.ts";
import { parametersOf } from "../network/parameters.ts";
import { execute } from "./execute.ts";

/** Parameters as tensors, by name, in the shapes that `parametersOf` gives. */
export type ParameterTensors = ReadonlyMap<string, Tensor>;

/** What a forward pass needs besides pictures and parameters. */
export interface ForwardOptions {
  /** Class labels, [B] int32; required by networks with classes. */
  readonly labels?: Tensor1D | undefined;
}

/**
 * The logits of every value of a batch of pictures.
 *
 * @param levels [B, H, W, C] float32, levels 0 ... K - 1.
 * @returns [B, H, W, C·K] (two levels: [B, H, W, C]). The caller disposes.
 */
export function forward(
  network: Network,
  parameters: ParameterTensors,
  levels: Tensor4D,
  { labels }: ForwardOptions = {},
): Tensor4D {
  const { computation, names } = tracedFor(network, levels.shape[0]);
  const given = [...names.map((name) => parameters.get(name)!), levels, ...(labels ? [labels] : [])];
  return execute(computation, given).logits as Tensor4D;
}

/** Its arguments are the named parameters, levels, and labels where there are classes. */
interface TracedPass {
  readonly computation: Computation;
  readonly names: readonly string[];
}

const tracedFor = onceFor((network, count: number): TracedPass => {
  const { height, width, channels } = network.picture;
  const trace = new Trace();
  const parameters = new Map(
    parametersOf(network).map(({ name, shape }) => [name, trace.argument(name, shape)]),
  );
  const levels = trace.argument("levels", [count, height, width, channels]);
  const labels = network.classes > 0 ? trace.argument("labels", [count], "s32") : undefined;
  const logits = forwardPass(trace, network, { parameters, levels, labels });
  return { computation: trace.finish({ logits }), names: [...parameters.keys()] };
});
