/** {@link Terminal} for tests: it starts the app that was built for them. Scripts start the one from source. */
import type {} from "@pixelcnn/built-app/build-once";
import { inject } from "vitest";
import { Terminal } from "./terminal.ts";

Terminal.app = [inject("app")];

export { opener, Terminal, type TerminalOptions } from "./terminal.ts";
