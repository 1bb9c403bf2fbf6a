import { afterEach, describe, expect, it, vi } from "vitest";
import { chooseColour } from "../../src/output/colour-option.ts";
import { hasColour } from "../../src/output/has-colour.ts";
import { paint } from "../../src/output/paint.ts";

afterEach(() => void vi.unstubAllEnvs());

describe("--color", () => {
  it.each([
    ["never", { FORCE_COLOR: "3" }, { NO_COLOR: "1" }],
    ["always", { NO_COLOR: "1" }, { FORCE_COLOR: "2" }],
    ["always", { COLORTERM: "truecolor" }, { COLORTERM: "truecolor", FORCE_COLOR: "3" }],
    ["auto", { NO_COLOR: "1" }, { NO_COLOR: "1" }],
    [undefined, { FORCE_COLOR: "1" }, { FORCE_COLOR: "1" }],
  ] as const)("%s over %j: %j", (when, before, after) => {
    const environment: NodeJS.ProcessEnv = { ...before };
    chooseColour(when, environment);
    expect(environment).toEqual(after);
  });

  it("is what is printed", () => {
    vi.stubEnv("NO_COLOR", undefined);
    vi.stubEnv("FORCE_COLOR", "2");
    expect([hasColour(), paint("bold", "run")]).toEqual([true, "\x1b[1mrun\x1b[22m"]);
    vi.stubEnv("FORCE_COLOR", undefined);
    vi.stubEnv("NO_COLOR", "1");
    expect([hasColour(), paint("bold", "run")]).toEqual([false, "run"]);
  });
});
