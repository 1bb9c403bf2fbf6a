/**
 * Writes a graph node by node. Every method returns the name of the node it added, so a model reads like the equations of
 * its paper. The builder checks nothing: {@link defineNetwork} does, for graphs from any source.
 */

import type { LikelihoodChoice } from "../likelihoods/likelihood.ts";
import { likelihoodOf, logitGroups } from "../likelihoods/likelihoods.ts";
import type { PictureShape } from "../picture.ts";
import type { ChannelRange, LstmNode, Network, NetworkNode, Plane, Tap } from "./graph.ts";
import { concatGroups, firstGroupOnly, scaleGroups, splitChannels } from "./groups.ts";

/** What a convolution is, but for its name and input. */
export interface ConvolutionOptions {
  /** Channels of the result: a number (split over the groups) or the ranges themselves. */
  readonly channels: number | readonly ChannelRange[];
  readonly taps: readonly Tap[];
  readonly dilation?: number;
  readonly bias?: boolean;
}

/** Where an LSTM cell looks at itself. */
export type LstmOptions = Pick<LstmNode, "taps" | "cell">;

/**
 * A graph in the making: every method adds one node and returns its name, {@link NetworkBuilder.logits} the finished graph.
 * Nothing is checked before {@link defineNetwork}.
 */
export class NetworkBuilder {
  readonly #nodes: NetworkNode[] = [];
  readonly #groups = new Map<string, readonly ChannelRange[]>();

  constructor(
    readonly picture: PictureShape,
    readonly classes: number,
    /** What the picture's number of levels asks for by default. */
    readonly likelihood?: LikelihoodChoice,
  ) {}

  /** Number of channel groups: one for each picture channel. */
  get groupCount(): number {
    return this.picture.channels;
  }

  /** Whether the likelihood itself makes a pixel's channels depend on one another, so that the network need not. */
  get tiesChannels(): boolean {
    return likelihoodOf(this.#modelled).tiesChannels;
  }

  /** The picture. Call it first, and once. */
  input(): string {
    const groups = splitChannels(this.picture.channels, this.groupCount);
    return this.#add({ op: "input", name: "input", inputs: [], groups });
  }

  /** What a table, parameter `<name>.table`, says of every level: so many numbers for each picture channel, or the ranges themselves. */
  embedding(name: string, input: string, size: number | readonly ChannelRange[]): string {
    const groups = typeof size === "number" ? splitChannels(size * this.groupCount, this.groupCount) : size;
    return this.#add({ op: "embedding", name, inputs: [input], groups, table: `${name}.table` });
  }

  /** A channel for each plane, all in the first group: they may know nothing of their own pixel, and every group may read them. */
  planes(name: string, planes: readonly Plane[]): string {
    const groups = firstGroupOnly(planes.length, this.groupCount);
    return this.#add({ op: "planes", name, inputs: [], groups, planes });
  }

  /** A convolution over `taps`, with parameters `<name>.weight` and, unless `bias` is false, `<name>.bias`. */
  convolution(name: string, input: string, options: ConvolutionOptions): string {
    const { channels, taps, dilation = 1, bias = true } = options;
    const groups = typeof channels === "number" ? splitChannels(channels, this.groupCount) : channels;
    const parameters = { weight: `${name}.weight`, ...(bias && { bias: `${name}.bias` }) };
    return this.#add({ op: "convolution", name, inputs: [input], groups, taps, dilation, ...parameters });
  }

  /** The logits: a 1×1 convolution to what the likelihood asks for. Closes the graph. */
  logits(input: string, taps: readonly Tap[]): Network {
    const groups = logitGroups(this.#modelled);
    const output = this.convolution("logits", input, { channels: groups, taps });
    // Levels 0 ... K - 1 become values from -1 to 1, so a pixel outside the picture (0) is no level's value when K is even.
    const encoding = { scale: 2 / (this.picture.levels - 1), offset: -1 };
    return { ...this.#modelled, classes: this.classes, encoding, nodes: this.#nodes, output };
  }

  /** Adds a vector that depends on the class label: parameter `<name>.bias`, [classes, F]. */
  classBias(name: string, input: string): string {
    return this.#add({ op: "bias", name, ...this.#like(input), bias: `${name}.bias`, perClass: true });
  }

  /** The sum of two or more nodes with equal groups. */
  add(name: string, ...inputs: string[]): string {
    return this.#add({ op: "add", name, inputs, groups: this.#groupsOf(inputs[0]!) });
  }

  /** The channels of two or more nodes, joined group by group. */
  concat(name: string, ...inputs: string[]): string {
    const groups = concatGroups(inputs.map((input) => this.#groupsOf(input)));
    return this.#add({ op: "concat", name, inputs, groups });
  }

  /** max(0, x) */
  relu(name: string, input: string): string {
    return this.#add({ op: "relu", name, ...this.#like(input) });
  }

  /** x for x > 0, else exp(x) - 1 */
  elu(name: string, input: string): string {
    return this.#add({ op: "elu", name, ...this.#like(input) });
  }

  /** tanh(a)·σ(b), a and b the halves of every channel group: half as many channels come out. */
  gate(name: string, input: string): string {
    return this.#add({ op: "gate", name, inputs: [input], groups: scaleGroups(this.#groupsOf(input), 0.5) });
  }

  /** a·σ(b), a and b as in {@link NetworkBuilder.gate}. */
  glu(name: string, input: string): string {
    return this.#add({ op: "glu", name, inputs: [input], groups: scaleGroups(this.#groupsOf(input), 0.5) });
  }

  /** elu(x) and elu(-x), group by group: twice as many channels come out. */
  concatElu(name: string, input: string): string {
    return this.#add({
      op: "concatElu",
      name,
      inputs: [input],
      groups: scaleGroups(this.#groupsOf(input), 2),
    });
  }

  /** Causal attention of so many heads: queries and keys alike in their channels, and each group's queries whole heads. */
  attention(name: string, heads: number, queries: string, keys: string, values: string): string {
    const queryGroups = this.#groupsOf(queries);
    const factor = (this.#groupsOf(values).at(-1)?.[1] ?? 0) / (queryGroups.at(-1)?.[1] ?? 1);
    return this.#add({
      op: "attention",
      name,
      inputs: [queries, keys, values],
      groups: scaleGroups(queryGroups, factor),
      heads,
    });
  }

  /**
   * An LSTM cell with taps on itself, parameter `<name>.weight`: of an input of 4F channels, in every group the quarters that its four gates are told, F.
   */
  lstm(name: string, input: string, { taps, cell }: LstmOptions): string {
    const groups = scaleGroups(this.#groupsOf(input), 1 / 4);
    return this.#add({ op: "lstm", name, inputs: [input], groups, taps, cell, weight: `${name}.weight` });
  }

  /** Batch norm with epsilon 1e-5 and parameters `<name>.scale`, `.shift`, `.mean` and `.variance`. */
  batchNorm(name: string, input: string): string {
    const parameters = {
      scale: `${name}.scale`,
      shift: `${name}.shift`,
      mean: `${name}.mean`,
      variance: `${name}.variance`,
    };
    return this.#add({ op: "batchNorm", name, ...this.#like(input), ...parameters, epsilon: 1e-5 });
  }

  /** Adds no node when the rate is 0. */
  dropout(name: string, input: string, rate: number): string {
    return rate === 0 ? input : this.#add({ op: "dropout", name, ...this.#like(input), rate });
  }

  get #modelled(): Pick<Network, "picture" | "likelihood"> {
    return { picture: this.picture, ...(this.likelihood && { likelihood: this.likelihood }) };
  }

  #like(input: string) {
    return { inputs: [input], groups: this.#groupsOf(input) };
  }

  #groupsOf(name: string): readonly ChannelRange[] {
    return this.#groups.get(name) ?? [];
  }

  #add(node: NetworkNode): string {
    this.#nodes.push(node);
    this.#groups.set(node.name, node.groups);
    return node.name;
  }
}
