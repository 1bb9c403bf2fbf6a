/** Something that the user can mend: printed as one line, exit 1. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
