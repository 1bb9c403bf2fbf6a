/**
 * The primitives: all that a training step is made of, some thirty operations on arrays, one result each. Whoever executes a computation implements
 * these and nothing else; whoever writes a model or a likelihood uses these and nothing else.
 *
 * The first lot is that of any array language. The second has one name for what a network does most and every engine has a kernel or a best way
 * of its own for (convolution by taps, gate, attention, LSTM, likelihood), each with its gradient as a primitive beside it. The third is the few things of a step that are
 * neither: addressed noise, and sums over several devices.
 */
import type { ChannelRange } from "../network/graph.ts";
import type { ElementType } from "./value.ts";

/** f(x), element by element. */
export type UnaryKind =
  | "negate"
  | "exponential"
  | "log"
  | "logPlusOne"
  | "squareRoot"
  | "reciprocalSquareRoot"
  | "tanh"
  | "logistic"
  | "absolute"
  /** bool: neither NaN nor infinite. */
  | "isFinite";

/** f(x, y), element by element, of equal shapes. */
export type BinaryKind = "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum" | "and";

/** Where a convolution looks: rows and columns relative to the position, dilation included. */
export type TapOffset = readonly [dy: number, dx: number];

/** Where an LSTM cell looks at itself, and its channel groups. */
export interface Recurrence {
  readonly taps: readonly TapOffset[];
  readonly cell: TapOffset;
  readonly groups: readonly ChannelRange[];
}

/** One operation, but for its inputs. */
export type Primitive =
  /** The same number everywhere. */
  | {
      readonly op: "constant";
      readonly value: number;
      readonly shape: readonly number[];
      readonly type: ElementType;
    }
  /** 0, 1, … length − 1, f32. */
  | { readonly op: "iota"; readonly length: number }
  | { readonly op: "unary"; readonly kind: UnaryKind }
  | { readonly op: "binary"; readonly kind: BinaryKind }
  /** bool: x > y. */
  | { readonly op: "greater" }
  /** x where the condition holds, else y: (condition, x, y). The condition may be a scalar. */
  | { readonly op: "select" }
  | { readonly op: "convert"; readonly type: ElementType }
  /** Axis i of the input becomes axis `axes[i]` of the result; the others are repeated. */
  | { readonly op: "broadcast"; readonly shape: readonly number[]; readonly axes: readonly number[] }
  | { readonly op: "reshape"; readonly shape: readonly number[] }
  | { readonly op: "transpose"; readonly order: readonly number[] }
  | { readonly op: "slice"; readonly starts: readonly number[]; readonly ends: readonly number[] }
  /** Zeros around the array. */
  | { readonly op: "pad"; readonly before: readonly number[]; readonly after: readonly number[] }
  | { readonly op: "concatenate"; readonly axis: number }
  /** Sum or largest over some axes, which disappear. */
  | { readonly op: "reduce"; readonly kind: "sum" | "maximum"; readonly axes: readonly number[] }
  /** Product of two matrices, either of them transposed first. */
  | { readonly op: "product"; readonly transposeLeft: boolean; readonly transposeRight: boolean }
  /** Rows of a table [N, F] by index, s32 [B] → [B, F]. */
  | { readonly op: "gather" }
  /** The gather's transpose: rows [B, F] added into zeros [N, F] at their indices [B]. (rows, indices) */
  | { readonly op: "scatterAdd"; readonly rows: number }

  /** y[p] = Σ_t x[p + o_t] · W_t; 0 outside the picture. (x [B,H,W,F], W [taps,F,G]) → [B,H,W,G] */
  | { readonly op: "convolution"; readonly offsets: readonly TapOffset[] }
  /** dx[p] = Σ_t dy[p − o_t] · W_tᵀ. (dy, W) → [B,H,W,F] */
  | { readonly op: "convolutionInputGradient"; readonly offsets: readonly TapOffset[] }
  /** dW_t = Σ_p x[p + o_t]ᵀ · dy[p]. (x, dy) → [taps,F,G] */
  | { readonly op: "convolutionFilterGradient"; readonly offsets: readonly TapOffset[] }
  /** tanh(a)·σ(b), halves of every channel group. [B,H,W,2F] → [B,H,W,F] */
  | { readonly op: "gate"; readonly groups: readonly ChannelRange[] }
  /** (x, dy) → dx */
  | { readonly op: "gateGradient"; readonly groups: readonly ChannelRange[] }
  /**
   * y[p] = Σ_{q<p} softmax_q(queries[p]·keys[q] / √D)·values[q] of every head, q before p in raster order; 0 at the first position. Heads are channels after
   * channels. (queries [B,H,W,heads·D], keys [B,H,W,heads·D], values [B,H,W,heads·E]) → [B,H,W,heads·E]
   */
  | { readonly op: "attention"; readonly heads: number }
  /** The gradients of queries, keys and values, channels after channels. (queries, keys, values, dy) → [B,H,W,heads·(2D + E)] */
  | { readonly op: "attentionGradient"; readonly heads: number }
  /**
   * An LSTM cell at every position, with taps on itself: of gates o, f, i, c̃, quarters of every channel group of x,
   *
   *     a[p] = x[p] + Σ_t h[p + taps_t] · W_t      c[p] = σ(a_f)·c[p + cell] + σ(a_i)·tanh(a_c̃)      h[p] = σ(a_o)·tanh(c[p])      0 outside the picture
   *
   * `groups` are those of h. (x [B,H,W,4F], W [taps,F,4F]) → h, and after its channels those of c, [B,H,W,2F]
   */
  | ({ readonly op: "lstm" } & Recurrence)
  /** da, which is dx. (x, W, states [B,H,W,2F], dstates [B,H,W,2F]) → [B,H,W,4F] */
  | ({ readonly op: "lstmGradient" } & Recurrence)
  /** log(1 + eˡ) − l·v. (logits [N], levels f32 [N]) → [N] */
  | { readonly op: "bernoulliNats" }
  /** (σ(l) − v)·dy. (logits, levels, dy [N]) → [N] */
  | { readonly op: "bernoulliNatsGradient" }
  /** log Σ_k exp l_k − l_v. (logits [N,K], levels f32 [N]) → [N] */
  | { readonly op: "categoricalNats" }
  /** (softmax(l) − onehot(v))·dy. (logits, levels, dy [N]) → [N,K] */
  | { readonly op: "categoricalNatsGradient" }

  /**
   * A dropout mask from addressed noise: 0 where u < rate, else 1 / (1 − rate), with u the noise of (seed, picture, element, dropout, node, step).
   * (seed u32 [2], picture indices u32 [B], step u32 [1]) → `shape`, [B, …]
   */
  | {
      readonly op: "dropoutMask";
      readonly node: number;
      readonly rate: number;
      readonly shape: readonly number[];
    }
  /** The sum of what all devices have; the identity on one. */
  | { readonly op: "sumOverDevices" };

/** Name of a primitive. */
export type PrimitiveName = Primitive["op"];
/** The primitive of a name. */
export type PrimitiveOf<Name extends PrimitiveName> = Primitive & { readonly op: Name };
