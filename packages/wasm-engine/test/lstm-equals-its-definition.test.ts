import { Trace } from "@pixelcnn/core/computation";
import { describe, expect, it } from "vitest";
import { lstmCases } from "../../core/test/support/lstm-cases.ts";
import { Program } from "../src/compile.ts";

describe("an LSTM without TensorFlow.js", () => {
  it.each(lstmCases)("is its definition, and its gradient the differences: $label", (one) => {
    const program = new Program(one.write(new Trace()));
    program.giveAll(one.given);
    program.run();
    const [states, da, dweight] = ["states", "da", "dweight"].map((name) => program.result(name));
    expect(one.errorOf(states!, da!, dweight!)).toBeLessThan(1e-6);
  });
});
