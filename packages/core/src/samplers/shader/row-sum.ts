/**
 * A sum for a whole row, a program of its own: an invocation computes four output channels of a few neighbouring columns, which
 * share the weights. In scope beside the addresses' names: `item`, below {@link RowProgram.items}.
 */
import { inputCount, type Sum } from "../../lowering/index.ts";
import { storeActivated } from "./activation.ts";
import type { Generator, RowProgram } from "./generation.ts";
import { COLUMN_TILE, type Ring } from "./memory.ts";
import { tableEntry } from "./table-entry.ts";

export function rowSum(generator: Generator, sum: Sum): RowProgram {
  const { addresses, packer, network, text } = generator;
  const { width } = network.picture;
  const columns = Math.ceil(sum.channels / 4);
  const { weights, bias } = packer.sum(sum, inputCount(sum.windows));
  const tiles = Math.ceil(width / COLUMN_TILE);
  const column = Array.from({ length: COLUMN_TILE }, (_, t) => t);
  const loops = segmentsOf(generator, sum).map(({ ring, windows }) => {
    const table = packer.table(windows.flatMap((window) => [tableEntry(ring, window, 0), window.length]));
    const rows = ring.rows === 1 ? "y" : `(y + ${ring.rows}u - (entry >> 20u))`;
    const terms = column.map(
      (t) => `      sum${t} += activations[source + ${t * ring.columnStride}u] * weight;`,
    );
    return `{
  let table = ${text.at(table)};
  for (var window = 0u; window < ${windows.length}u; window++) {
    let entry = tables[table + 2u * window];
    let length = tables[table + 2u * window + 1u];
    var source = ${addresses.ringIndex({ ...ring, left: 0 }, 0, rows, "left")} + (entry & 0xfffffu);
    let end = source + length;
    for (; source < end; source++) {
      let weight = weights[at];
${terms.join("\n")}
      at += ${columns}u;
    }
  }
}`;
  });
  const addends = sum.addends.map((slot) => addresses.load(slot, "f", "X"));
  const value = ["bias", "SUM[j]", ...addends].join(" + ");
  const store = storeActivated(addresses, sum, value, "X");
  const stores = column.map((t) => {
    const x = `(left + ${t}u)`;
    return `  if (${x} < ${width}u) { ${store.replaceAll(/\bX\b/g, x).replace("SUM", `sum${t}`)} }`;
  });
  return {
    items: tiles * columns,
    code: `let column = item % ${columns}u;
let left = item / ${columns}u * ${COLUMN_TILE}u;
${column.map((t) => `var sum${t} = vec4f();`).join("\n")}
var at = ${text.at(weights)} + column;
${loops.join("\n")}
for (var j = 0u; j < 4u; j++) {
  let f = 4u * column + j;
  if (f >= ${sum.channels}u) { break; }
  let bias = constants[${text.at(bias)} + f];
${stores.join("\n")}
}`,
  };
}

/** Neighbouring windows of one buffer. */
function segmentsOf({ memory }: Generator, { windows }: Sum) {
  const segments: { ring: Ring; buffer: number; windows: Sum["windows"][number][] }[] = [];
  for (const window of windows) {
    const last = segments.at(-1);
    if (last?.buffer === window.buffer) last.windows.push(window);
    else {
      segments.push({
        ring: memory.allocations[window.buffer] as Ring,
        buffer: window.buffer,
        windows: [window],
      });
    }
  }
  return segments;
}
