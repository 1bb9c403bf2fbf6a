import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pluginPath } from "./support/plugin.ts";

const program = `module @m {
  func.func public @main(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) -> tensor<2x2xf32> {
    %0 = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
    %c = stablehlo.constant dense<1.5> : tensor<2x2xf32>
    %1 = stablehlo.add %0, %c : tensor<2x2xf32>
    %2 = stablehlo.tanh %1 : tensor<2x2xf32>
    return %2 : tensor<2x2xf32>
  }
}`;

describe.skipIf(!pluginPath)("damaged programs", () => {
  it("are refused by the plugin, in a process whose death would be noticed", async () => {
    const child = fileURLToPath(new URL("support/compile-mutated.ts", import.meta.url));
    const said = await new Promise<string>((resolve, reject) => {
      execFile(
        process.execPath,
        ["--import", "tsx", child, pluginPath!, program, "0", "60"],
        // Its end is looked at as well: a plugin that is unloaded too early dies there.
        (error, stdout) => (error === null ? resolve(stdout) : reject(new Error(stdout, { cause: error }))),
      );
    });
    // The last line tells the round of a death.
    expect(said.trim().split("\n").at(-1)).toBe("end");
    expect(said.match(/^refused$/gm)?.length).toBeGreaterThan(30);
  });
});
