import { Trace } from "@pixelcnn/core/computation";
import { describe, expect, it } from "vitest";
import { lstmCases } from "../../core/test/support/lstm-cases.ts";
import { Library } from "../src/c-api/library.ts";
import { NativeTensor } from "../src/c-api/native-tensor.ts";
import { Session } from "../src/c-api/session.ts";
import { writeGraph } from "../src/graph/write-graph.ts";
import { libraryPath } from "./support/library.ts";

describe.skipIf(!libraryPath)("an LSTM as a graph", () => {
  it.each(lstmCases)("is its definition, and its gradient the differences: $label", async (one) => {
    const library = Library.open(libraryPath);
    const { graph, feeds, fetches } = writeGraph(library, one.write(new Trace()));
    const session = new Session(
      graph,
      feeds.map(({ operand }) => operand),
      fetches.map((output) => ({ output, type: output.type })),
    );
    const tensors = feeds.map(({ name, operand }) =>
      NativeTensor.of(library, one.given[name]!, operand.shape, "f32"),
    );
    const results = await session.run(tensors);
    const [states, da, dweight] = results.map((result) => result.read() as Float32Array);
    expect(one.errorOf(states!, da!, dweight!)).toBeLessThan(1e-6);
    for (const tensor of [...tensors, ...results]) tensor.dispose();
    session.dispose();
  });
});
