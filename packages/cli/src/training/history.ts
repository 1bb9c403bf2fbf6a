/** Where weights come from: what was typed to make them, and how many steps they have had before the run that holds them. */
import type { Provenance } from "@pixelcnn/core";

export interface History {
  /** Commands in their order, with "; " between. */
  readonly command: string;
  /** Optimiser steps of all runs before this one. */
  readonly steps: number;
}

/** A model file holds so much text, and a little more. */
const LONGEST = 60_000;

/** Of weights that were drawn at random a moment ago. */
export const noHistory: History = { command: "", steps: 0 };

/** Of weights that were read from a model file. */
export function historyOf({ command, steps }: Provenance): History {
  return { command, steps };
}

/** With another command; the same one again and again (a training resumed from day to day) is told once. */
export function withCommand({ command, steps }: History, next: string): History {
  if (command === "") return { command: shortened(next), steps };
  const isAgain = command === next || command.endsWith(`; ${next}`);
  return { command: isAgain ? command : shortened(`${command}; ${next}`), steps };
}

/** The newest part of what is too long to be kept. */
function shortened(command: string): string {
  return command.length <= LONGEST ? command : `…${command.slice(1 - LONGEST)}`;
}
