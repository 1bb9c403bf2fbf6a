/** Graphs of a hundred kilobytes that ask for as much work as they can: each is bad at something else. */
import type { Json } from "./forge.ts";

type Pairs = readonly (readonly [number, number])[];
interface Tap {
  readonly dy: number;
  readonly dx: number;
  readonly pairs: Pairs;
}

/** Most bytes of a file that still counts as small. */
export const SMALL = 100_000;

const LARGEST = { height: 2048, width: 2048, channels: 3, levels: 2 };
const all: Pairs = [0, 1, 2].flatMap((output) => [0, 1, 2].map((input) => [output, input] as const));
const groups = [
  [0, 1],
  [1, 2],
  [2, 3],
];
const input = { op: "input", name: "input", inputs: [], groups };

function convolution(name: string, source: string, taps: readonly Tap[], more: object = {}): Json {
  return {
    op: "convolution",
    name,
    inputs: [source],
    groups,
    taps,
    dilation: 1,
    weight: `${name}.w`,
    ...more,
  };
}

/** Convolutions after which a node sees half of all offsets that there are: every one shifts and doubles what was seen. */
function seesEverything(): Json[] {
  const nodes = [input];
  const last = () => nodes.at(-1)!.name;
  nodes.push(convolution("up", last(), [{ dy: -1, dx: 0, pairs: all }]));
  for (let shift = 1; shift < 2048; shift *= 2) {
    nodes.push(convolution(`down${shift}`, last(), [at(0, 0), at(-shift, 0)]));
    nodes.push(convolution(`right${shift}`, last(), [at(0, shift), at(0, -shift)]));
  }
  return nodes;
}

function at(dy: number, dx: number, pairs: Pairs = all): Tap {
  return { dy, dx, pairs };
}

/** As many nodes behind `nodes` as fit. */
function fill(nodes: Json[], next: (name: string, last: string) => Json): Json[] {
  let bytes = JSON.stringify(nodes).length;
  for (let i = 0; nodes.length < 4096; i++) {
    const node = next(`n${i}`, nodes.at(-1)!.name);
    bytes += JSON.stringify(node).length + 20; // quotes are escaped in the header
    if (bytes > 0.7 * SMALL) break;
    nodes.push(node);
  }
  return nodes;
}

const like = (op: string, name: string, ...inputs: string[]) => ({ op, name, inputs, groups });

const wide = {
  groups: [
    [0, 65_536],
    [65_536, 65_536],
    [65_536, 65_536],
  ],
};

const graphs: [what: string, nodes: Json[]][] = [
  ["a chain of sums", fill(seesEverything(), (name, last) => like("add", name, last, "up"))],
  [
    "sums of 64 inputs",
    fill([...seesEverything(), ...manyOf(64)], (name, last) =>
      like("add", name, last, ...Array.from({ length: 63 }, (_, i) => `p${i}`)),
    ),
  ],
  ["a long chain of activations", fill(seesEverything(), (name, last) => like("relu", name, last))],
  [
    "convolutions one after another",
    fill(seesEverything(), (name, last) => convolution(name, last, [at(-1, -1)])),
  ],
  [
    "taps by the thousand",
    (() => {
      const nodes = seesEverything();
      const taps = Array.from({ length: 2000 }, (_, i) => at(-1, i - 1000, [[2, 0]]));
      return [...nodes, convolution("many", nodes.at(-1)!.name, taps)];
    })(),
  ],
  [
    "taps by the thousand, far away",
    (() => {
      const taps = Array.from({ length: 2000 }, (_, i) => at(-1, i - 1000, [[2, 0]]));
      return [input, convolution("many", "input", taps, { dilation: 4 })];
    })(),
  ],
  [
    "all pairs of all taps",
    fill(seesEverything(), (name, last) =>
      convolution(name, last, [at(0, -1), at(-1, 0), at(-1, 1), at(-2, 33), at(-2, -33)]),
    ),
  ],
  [
    "wide boxes with nothing inside",
    fill([input, convolution("corners", "input", [at(0, -2047), at(-2047, 2047)])], (name, last) =>
      convolution(name, last, [at(0, 0), at(-1, 0)]),
    ),
  ],
  [
    "weights of sixteen terabytes",
    (() => {
      const taps = Array.from({ length: 1000 }, (_, i) => at(-1, i, [[0, 0]]));
      return [
        input,
        convolution("first", "input", [at(-1, 0)], wide),
        convolution("wide", "first", taps, wide),
      ];
    })(),
  ],
];

/** Tables of four gigabytes, as many as fit, for which no file has room. */
function tables(): [string, { picture: Json; network: Json }] {
  const levels = 16_384;
  const nodes = fill([input], (name) => ({
    ...{ op: "embedding", name, inputs: ["input"], table: `${name}.t` },
    ...wide,
  }));
  const ofLevels = groups.map(([start, end]) => [start! * levels, end! * levels]);
  const logits = convolution("logits", nodes.at(-1)!.name, [at(-1, 0)], { groups: ofLevels });
  const described = { formatVersion: 2, likelihood: "categorical", binarise: null };
  const picture = { ...LARGEST, levels };
  return [
    "tables of terabytes",
    { ...described, picture, network: { nodes: [...nodes, logits], output: "logits" } },
  ];
}

/** What a graph is bad at, and the parts of a description that say so. */
export const hostileGraphs = [
  ...graphs.map(([what, nodes]): [string, { picture: Json; network: Json }] => {
    const logits = convolution("logits", nodes.at(-1)!.name, [at(-1, 0)]);
    return [what, { picture: LARGEST, network: { nodes: [...nodes, logits], output: "logits" } }];
  }),
  tables(),
];

/** Different sets to add up. */
function manyOf(count: number): Json[] {
  return Array.from({ length: count }, (_, i) => convolution(`p${i}`, "right1024", [at(-1, i)]));
}
