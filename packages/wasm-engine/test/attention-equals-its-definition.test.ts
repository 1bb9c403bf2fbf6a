import { Trace } from "@pixelcnn/core/computation";
import { describe, expect, it } from "vitest";
import { attentionCases } from "../../core/test/support/attention-cases.ts";
import { Program } from "../src/compile.ts";

describe("attention without TensorFlow.js", () => {
  it.each(attentionCases)("is its definition, and its gradient the differences: $label", (one) => {
    const program = new Program(one.write(new Trace()));
    program.giveAll(one.given);
    program.run();
    expect(one.errorOf(program.result("y"), program.result("gradient"))).toBeLessThan(1e-6);
  });
});
