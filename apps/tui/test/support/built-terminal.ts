/** {@link Terminal} for tests: it starts the program that was built for them. Scripts start the one from source. */
import type {} from "@pixelcnn/built-program/build-once";
import { inject } from "vitest";
import { Terminal } from "./terminal.ts";

Terminal.program = [inject("program")];

export { opener, Terminal, type TerminalOptions } from "./terminal.ts";
