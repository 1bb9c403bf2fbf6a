/** The rules of all primitives. */
import type { Equation } from "./computation.ts";
import type { Expressions } from "./expressions.ts";
import type { PrimitiveName } from "./primitive.ts";
import { attentionRules } from "./primitives/attention.ts";
import { convolutionRules } from "./primitives/convolution.ts";
import { elementwiseRules } from "./primitives/elementwise.ts";
import { gateRules } from "./primitives/gate.ts";
import { indexingRules } from "./primitives/indexing.ts";
import { layoutRules } from "./primitives/layout.ts";
import { lstmRules } from "./primitives/lstm.ts";
import { natsRules } from "./primitives/nats.ts";
import { noiseRules } from "./primitives/noise.ts";
import { reductionRules } from "./primitives/reduction.ts";
import type { Rules } from "./rule.ts";
import type { Value } from "./value.ts";

const rules: { readonly [Name in PrimitiveName]: Rules<Name> } = {
  ...elementwiseRules,
  ...layoutRules,
  ...reductionRules,
  ...indexingRules,
  ...convolutionRules,
  ...gateRules,
  ...attentionRules,
  ...lstmRules,
  ...natsRules,
  ...noiseRules,
};

/** The rules of an equation's primitive. */
export function rulesOf(name: PrimitiveName): Rules<PrimitiveName> {
  return rules[name] as Rules<PrimitiveName>;
}

/** Cotangents of an equation's inputs. */
export function derive(
  trace: Expressions,
  { primitive, inputs, output }: Equation,
  cotangent: Value,
  wanted: readonly boolean[],
): readonly (Value | null)[] {
  return rulesOf(primitive.op).derive?.({ trace, primitive, inputs, output, cotangent, wanted }) ?? [];
}
