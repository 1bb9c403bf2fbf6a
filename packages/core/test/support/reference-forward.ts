/**
 * The operations of a graph as their definitions say, in float64, loop by loop: slow, obvious, and independent of every
 * sampler. Parameters are any numbers, so a finite difference can be as fine as float64 allows.
 */
import { channelCount, type Network, type NetworkNode } from "../../src/network/graph.ts";

export type Parameters = ReadonlyMap<string, ArrayLike<number>>;

export interface ReferenceOptions {
  /** One a picture. */
  readonly labels?: readonly number[];
  /** In training: batch norm by the batch's own statistics, and this dropout mask for activations of node `index`. */
  readonly dropoutMask?: (index: number, rate: number, length: number) => ArrayLike<number>;
  /** What nodes are known to be, by name: they are not computed again. */
  readonly known?: ReadonlyMap<string, Float64Array>;
}

/** Logits of `count` pictures, [count, H, W, C·K]. */
export function referenceLogits(
  network: Network,
  parameters: Parameters,
  levels: ArrayLike<number>,
  count: number,
  options: ReferenceOptions = {},
): Float64Array {
  return referenceValues(network, parameters, levels, count, options).get(network.output)!;
}

/** What every node is, [count, H, W, F], by its name. */
export function referenceValues(
  network: Network,
  parameters: Parameters,
  levels: ArrayLike<number>,
  count: number,
  options: ReferenceOptions = {},
): ReadonlyMap<string, Float64Array> {
  const values = new Map<string, Float64Array>();
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const { height, width } = network.picture;
  const positions = count * height * width;

  const compute = (node: NetworkNode, index: number): Float64Array => {
    const channels = channelCount(node);
    const sources = node.inputs.map((name) => nodes.get(name)!);
    const inputs = node.inputs.map((name) => values.get(name)!);
    const x = inputs[0]!;
    const each = (value: (p: number, f: number) => number) => {
      const out = new Float64Array(positions * channels);
      for (let p = 0; p < positions; p++) {
        for (let f = 0; f < channels; f++) out[p * channels + f] = value(p, f);
      }
      return out;
    };
    const map = (value: (x: number) => number) => each((p, f) => value(x[p * channels + f]!));
    const parameter = (name: string) => parameters.get(name)!;
    switch (node.op) {
      case "input":
        return each((p, f) => levels[p * channels + f]! * network.encoding.scale + network.encoding.offset);
      case "embedding": {
        const table = parameter(node.table);
        const groupOf = (f: number) => node.groups.findIndex(([, end]) => f < end);
        return each((p, f) => table[levels[p * node.groups.length + groupOf(f)]! * channels + f]!);
      }
      case "planes": {
        const along = (index: number, count: number) => (2 * index) / Math.max(1, count - 1) - 1;
        const place = (p: number) => ({
          inside: 1,
          row: along(Math.floor(p / width) % height, height),
          column: along(p % width, width),
        });
        return each((p, f) => place(p)[node.planes[f]!]);
      }
      case "convolution": {
        const weight = parameter(node.weight);
        const from = channelCount(sources[0]!);
        return each((p, f) => {
          const y = Math.floor(p / width) % height;
          const column = p % width;
          let sum = node.bias === undefined ? 0 : parameter(node.bias)[f]!;
          node.taps.forEach((tap, t) => {
            const [dy, dx] = [tap.dy * node.dilation, tap.dx * node.dilation];
            if (y + dy < 0 || y + dy >= height || column + dx < 0 || column + dx >= width) return;
            const q = p + dy * width + dx;
            for (let i = 0; i < from; i++) sum += x[q * from + i]! * weight[(t * from + i) * channels + f]!;
          });
          return sum;
        });
      }
      case "bias": {
        const bias = parameter(node.bias);
        const label = (p: number) => (node.perClass ? options.labels![Math.floor(p / (height * width))]! : 0);
        return each((p, f) => x[p * channels + f]! + bias[label(p) * channels + f]!);
      }
      case "add":
        return each((p, f) => inputs.reduce((sum, input) => sum + input[p * channels + f]!, 0));
      case "concat": {
        const columns = node.groups.flatMap((_, group) =>
          sources.flatMap((source, i) => {
            const [start, end] = source.groups[group]!;
            return Array.from({ length: end - start }, (_, k): [number, number] => [i, start + k]);
          }),
        );
        return each((p, f) => {
          const [i, k] = columns[f]!;
          return inputs[i]![p * channelCount(sources[i]!) + k]!;
        });
      }
      case "relu":
        return map((value) => Math.max(0, value));
      case "elu":
        return map((value) => (value > 0 ? value : Math.exp(value) - 1));
      case "concatElu": {
        const columns = sources[0]!.groups.flatMap(([start, end]) =>
          [1, -1].flatMap((sign) =>
            Array.from({ length: end - start }, (_, k): [number, number] => [sign, start + k]),
          ),
        );
        return each((p, f) => {
          const [sign, k] = columns[f]!;
          const value = sign * x[(p * channels) / 2 + k]!;
          return value > 0 ? value : Math.exp(value) - 1;
        });
      }
      case "glu":
      case "gate": {
        const columns = sources[0]!.groups.flatMap(([start, end]) =>
          Array.from({ length: (end - start) / 2 }, (_, k): [number, number] => [
            start + k,
            start + (end - start) / 2 + k,
          ]),
        );
        return each((p, f) => {
          const [a, b] = columns[f]!.map((k) => x[p * 2 * channels + k]!) as [number, number];
          return (node.op === "glu" ? a : Math.tanh(a)) / (1 + Math.exp(-b));
        });
      }
      case "batchNorm": {
        const channel = (f: number) => Array.from({ length: positions }, (_, p) => x[p * channels + f]!);
        const average = (numbers: number[]) =>
          numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
        const statistics = Array.from({ length: channels }, (_, f) => {
          if (options.dropoutMask === undefined) {
            return { mean: parameter(node.mean)[f]!, variance: parameter(node.variance)[f]! };
          }
          const mean = average(channel(f));
          return { mean, variance: average(channel(f).map((value) => (value - mean) ** 2)) };
        });
        return each((p, f) => {
          const { mean, variance } = statistics[f]!;
          const normal = (x[p * channels + f]! - mean) / Math.sqrt(variance + node.epsilon);
          return normal * parameter(node.scale)[f]! + parameter(node.shift)[f]!;
        });
      }
      case "dropout": {
        const mask = options.dropoutMask?.(index, node.rate, x.length);
        return mask === undefined ? x : x.map((value, i) => value * mask[i]!);
      }
      case "attention": {
        const [keys, values] = [inputs[1]!, inputs[2]!];
        const ofQueries = channelCount(sources[0]!);
        const [keySize, valueSize] = [ofQueries / node.heads, channels / node.heads];
        const result = new Float64Array(positions * channels);
        for (let p = 0; p < positions; p++) {
          const first = p - (p % (height * width));
          for (let head = 0; head < node.heads; head++) {
            const scores = Array.from({ length: p - first }, (_, i) => {
              let product = 0;
              for (let k = head * keySize; k < (head + 1) * keySize; k++) {
                product += x[p * ofQueries + k]! * keys[(first + i) * ofQueries + k]!;
              }
              return product / Math.sqrt(keySize);
            });
            const most = Math.max(...scores);
            const weights = scores.map((score) => Math.exp(score - most));
            const total = weights.reduce((sum, weight) => sum + weight, 0);
            weights.forEach((weight, i) => {
              for (let f = head * valueSize; f < (head + 1) * valueSize; f++) {
                result[p * channels + f]! += (weight / total) * values[(first + i) * channels + f]!;
              }
            });
          }
        }
        return result;
      }
      case "lstm": {
        const weight = parameter(node.weight);
        const [h, c] = [new Float64Array(positions * channels), new Float64Array(positions * channels)];
        const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
        /** The position at an offset, or none outside the picture. */
        const at = (p: number, { dy, dx }: { readonly dy: number; readonly dx: number }) => {
          const [y, column] = [(Math.floor(p / width) % height) + dy, (p % width) + dx];
          return y < 0 || y >= height || column < 0 || column >= width ? null : p + dy * width + dx;
        };
        const isLeftwards = [...node.taps, node.cell].some(({ dy, dx }) => dy === 0 && dx > 0);
        for (let n = 0; n < positions; n++) {
          const p = isLeftwards ? n - (n % width) + width - 1 - (n % width) : n;
          const gate = (column: number) => {
            let sum = x[p * 4 * channels + column]!;
            node.taps.forEach((tap, t) => {
              const q = at(p, tap);
              for (let i = 0; q !== null && i < channels; i++) {
                sum += h[q * channels + i]! * weight[(t * channels + i) * 4 * channels + column]!;
              }
            });
            return sum;
          };
          const before = at(p, node.cell);
          for (const [start, end] of node.groups) {
            for (let f = start; f < end; f++) {
              const [o, forget, i, candidate] = [0, 1, 2, 3].map((quarter) =>
                gate(4 * start + quarter * (end - start) + f - start),
              ) as [number, number, number, number];
              const kept = before === null ? 0 : sigmoid(forget) * c[before * channels + f]!;
              c[p * channels + f] = kept + sigmoid(i) * Math.tanh(candidate);
              h[p * channels + f] = sigmoid(o) * Math.tanh(c[p * channels + f]!);
            }
          }
        }
        return h;
      }
    }
  };

  network.nodes.forEach((node, index) => {
    values.set(node.name, options.known?.get(node.name) ?? compute(node, index));
  });
  return values;
}
