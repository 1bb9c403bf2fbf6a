import { CliError } from "../cli-error.ts";
import type { StartableBackend } from "./backend-names.ts";

/** A backend does not work here. */
export class BackendError extends CliError {
  /**
   * @param reason what is the matter, one line.
   * @param fix what to do about it, one command where there is one.
   */
  constructor(
    readonly backend: StartableBackend,
    readonly reason: string,
    readonly fix: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`expected the ${backend} backend to work, but ${reason}; ${fix}`, options);
  }
}
