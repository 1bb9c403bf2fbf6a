/**
 * A network is plain data: nodes in order, each with an operation, its inputs, the names of its parameters and, for a
 * convolution, its *taps*. It knows no backend. Model builders only write such a graph; causality, schedule, receptive
 * field and every reader (tensors, incremental, shader) only read it. It travels inside the model file as it stands.
 *
 * Shape letters, here and everywhere: B batch, H height, W width, C picture channels, K levels, F channels of a node.
 */
import type { LikelihoodChoice } from "../likelihoods/likelihood.ts";
import type { PictureShape } from "../picture.ts";

/** Channels start ... end - 1 of a node. */
export type ChannelRange = readonly [start: number, end: number];

/** Output group and input group that a tap connects. */
export type GroupPair = readonly [output: number, input: number];

/**
 * One neighbour that a convolution looks at: row `dy` and column `dx` relative to the output position (times the
 * node's dilation), and the channel groups that it lets through. Entries of the weight tensor that no pair allows are 0.
 */
export interface Tap {
  readonly dy: number;
  readonly dx: number;
  readonly pairs: readonly GroupPair[];
}

interface NodeBase {
  /** Unique in the graph. */
  readonly name: string;
  /** Names of earlier nodes. */
  readonly inputs: readonly string[];
  /**
   * One range for each picture channel (R, G, B, or the single grey one), in order and without gaps: the channels that
   * may know the picture channels *before* it at the same pixel. 32 channels do not divide by 3, so it is written out.
   */
  readonly groups: readonly ChannelRange[];
}

/** The encoded picture, [B, H, W, C]: value = level·scale + offset. Exactly one, the first node. */
export interface InputNode extends NodeBase {
  readonly op: "input";
}

/** y[p] = bias + Σ_taps x[p + dilation·(dy, dx)] · weight[tap]; stride 1; 0 outside the picture. */
export interface ConvolutionNode extends NodeBase {
  readonly op: "convolution";
  readonly taps: readonly Tap[];
  readonly dilation: number;
  /** [taps, F_in, F_out] */
  readonly weight: string;
  /** [F_out] */
  readonly bias?: string;
}

/**
 * The row of a learned table that a level names, for levels without an order: colours of a palette, codes. One table, [K, F], for all picture channels:
 * group g has columns of its own, and is looked up by the level of picture channel g.
 *
 *     y[p, f] = table[level of channel g at p, f]      f in group g
 *
 * A convolution finds 0 outside the picture, as of every node.
 */
export interface EmbeddingNode extends NodeBase {
  readonly op: "embedding";
  /** [K, F] */
  readonly table: string;
}

/** A plane that is the same in every picture of a size: what lies in it, and where. */
export type Plane = "inside" | "row" | "column";

/**
 * One channel for each plane, of no picture's values: 1 everywhere (`inside`), the row from -1 at the top to 1 at the bottom (2y / (H - 1) - 1, of a
 * single row -1), or the column likewise. A convolution finds 0 outside the picture, so it can tell a border from a value that happens to be 0.
 */
export interface PlanesNode extends NodeBase {
  readonly op: "planes";
  readonly planes: readonly Plane[];
}

/** Adds a vector to every position: `bias` is [F], or [classes, F] when it depends on the class label. */
export interface BiasNode extends NodeBase {
  readonly op: "bias";
  readonly bias: string;
  readonly perClass: boolean;
}

/** Sum of two or more nodes with equal groups. */
export interface AddNode extends NodeBase {
  readonly op: "add";
}

/** Concatenation of two or more nodes *group by group*: group g of the result is group g of every input, in order. */
export interface ConcatNode extends NodeBase {
  readonly op: "concat";
}

/** max(0, x) */
export interface ReluNode extends NodeBase {
  readonly op: "relu";
}

/** x for x > 0, else exp(x) - 1 */
export interface EluNode extends NodeBase {
  readonly op: "elu";
}

/** tanh(a)·σ(b); a is the first half of every channel group of the input and b the second. F_out = F_in / 2. */
export interface GateNode extends NodeBase {
  readonly op: "gate";
}

/** a·σ(b), the gated linear unit of Dauphin et al. 2017, arXiv:1612.08083; halves as in {@link GateNode}. F_out = F_in / 2. */
export interface GluNode extends NodeBase {
  readonly op: "glu";
}

/**
 * elu(x) and elu(-x) beside each other, group by group: nothing that x says is lost. F_out = 2 · F_in. Shang et al. 2016, arXiv:1603.05201, with ELUs as
 * in Salimans et al. 2017, arXiv:1701.05517.
 */
export interface ConcatEluNode extends NodeBase {
  readonly op: "concatElu";
}

/**
 * (x - mean) / sqrt(variance + epsilon) · scale + shift, per channel; all four parameters are [F]. Mean and variance are
 * running statistics. In training they are those of the batch, which lets every position know a little about the whole
 * batch, later pixels included: the well-known leak of batch norm. Causality is proved for inference.
 */
export interface BatchNormNode extends NodeBase {
  readonly op: "batchNorm";
  readonly scale: string;
  readonly shift: string;
  readonly mean: string;
  readonly variance: string;
  readonly epsilon: number;
}

/** In training, 0 with probability `rate`, else x / (1 - rate). The identity otherwise. */
export interface DropoutNode extends NodeBase {
  readonly op: "dropout";
  readonly rate: number;
}

/**
 * Causal attention: of every position what earlier ones have, by how well their keys fit its query. Of head h, D key and E value channels wide, and all
 * positions q before p in raster order
 *
 *     s_q = queries[p]·keys[q] / √D          y[p] = Σ_{q<p} softmax_q(s)·values[q]          0 at the first position
 *
 * Heads are channels after channels, and each lies in one channel group: that of its query. Keys and values of all groups are those of positions whose
 * values are all drawn. Inputs: queries, keys, values. Vaswani et al. 2017, arXiv:1706.03762; Chen et al. 2018, arXiv:1712.09763.
 */
export interface AttentionNode extends NodeBase {
  readonly op: "attention";
  readonly heads: number;
}

/**
 * An LSTM cell at every position, with taps on what the node itself is at earlier ones: Row LSTM and Diagonal BiLSTM of van den Oord et al. 2016,
 * arXiv:1601.06759, section 3, by where they lie. The input x is what the gates are told at the position, 4F channels: of every channel group four quarters
 * as wide as the node's group, o, f, i and c̃.
 *
 *     a[p] = x[p] + Σ_taps h[p + (dy, dx)] · weight[tap]
 *     c[p] = σ(a_f)·c[p + cell] + σ(a_i)·tanh(a_c̃)          h[p] = σ(a_o)·tanh(c[p])          h and c are 0 outside the picture
 *
 * Its value is h. Taps and cell lie in rows above, or in the row itself on one side of the position: on the right only where all that the node reads of its
 * row is made before the row is drawn.
 */
export interface LstmNode extends NodeBase {
  readonly op: "lstm";
  readonly taps: readonly Tap[];
  /** The position whose cell state is gone on from, channel by channel. */
  readonly cell: { readonly dy: number; readonly dx: number };
  /** [taps, F, 4F], columns in the order of the input's channels */
  readonly weight: string;
}

/** A node of the graph; `op` tells its kind. */
export type NetworkNode =
  | InputNode
  | EmbeddingNode
  | PlanesNode
  | ConvolutionNode
  | BiasNode
  | AddNode
  | ConcatNode
  | ReluNode
  | EluNode
  | ConcatEluNode
  | GateNode
  | GluNode
  | BatchNormNode
  | DropoutNode
  | AttentionNode
  | LstmNode;

/** A network: what it models, and the graph that computes its logits. Pass it through {@link defineNetwork} before use. */
export interface Network {
  readonly picture: PictureShape;
  /** What its logits mean. When left out, a Bernoulli for two levels and categories for more. */
  readonly likelihood?: LikelihoodChoice;
  /** Number of class labels; 0 for none. */
  readonly classes: number;
  /** Input value of a level: level·scale + offset. */
  readonly encoding: { readonly scale: number; readonly offset: number };
  /** In order: every node stands after its inputs. */
  readonly nodes: readonly NetworkNode[];
  /** Name of the node that holds the logits: [C, K] flattened; for two levels [C], l = log p₁/p₀; what else its likelihood says. */
  readonly output: string;
}

/** Number of channels of a node. */
export function channelCount(node: Pick<NetworkNode, "groups">): number {
  return node.groups.at(-1)?.[1] ?? 0;
}
