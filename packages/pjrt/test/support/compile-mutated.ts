/** A process of its own: compiles damaged copies of a program, one after another, and says which it is at, so that its death can be told. */
import { Plugin, PluginCallError } from "../../src/index.ts";

const [path, program, from, count] = process.argv.slice(2);
const client = await Plugin.load(path!).createClient();
for (let round = Number(from); round < Number(from) + Number(count); round++) {
  process.stdout.write(`at ${round}\n`);
  try {
    (await client.compile(mutate(program!, round))).dispose();
    process.stdout.write("compiled\n");
  } catch (error) {
    if (!(error instanceof PluginCallError)) throw error;
    process.stdout.write("refused\n");
  }
}
await client.dispose();
process.stdout.write("end\n");

/** One to three pieces cut out, doubled or exchanged, by a generator whose state is the round. */
function mutate(text: string, round: number): string {
  let state = (round + 1) * 2654435761;
  const next = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return state % below;
  };
  let result = text;
  for (let change = 0; change <= next(3); change++) {
    const at = next(result.length);
    const length = 1 + next(12);
    const piece = result.slice(at, at + length);
    const kinds = ["", piece + piece, result.slice(next(result.length)).slice(0, length), "9".repeat(length)];
    result = result.slice(0, at) + kinds[next(kinds.length)] + result.slice(at + length);
  }
  return result;
}
