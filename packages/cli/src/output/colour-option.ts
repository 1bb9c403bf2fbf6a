/**
 * `--color`, by which a user says what the environment would: NO_COLOR (no-color.org) and FORCE_COLOR, which Node and every library here
 * read, are set by it.
 */
import { Option } from "commander";

const choices = ["auto", "always", "never"] as const;

export function colourOption(): Option {
  return new Option(
    "--color <when>",
    "colour: auto, always or never (default: auto, by NO_COLOR, FORCE_COLOR)",
  ).choices(choices);
}

/** @param when undefined where nobody said it. */
export function chooseColour(
  when: (typeof choices)[number] | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  if (when === undefined || when === "auto") return;
  const { COLORTERM = "" } = environment;
  delete environment.NO_COLOR;
  delete environment.FORCE_COLOR;
  if (when === "never") environment.NO_COLOR = "1";
  // 24 bits where the terminal has said that it has them, else the palette of 256.
  else environment.FORCE_COLOR = /^(?:truecolor|24bit)$/i.test(COLORTERM) ? "3" : "2";
}
