/** How this app is called in a bundle, for hints: takes the place of the command line's own module of this name. */
export const invocation = "bash run.sh";

/** Every command is one of the launcher's: no other program takes its first word for its own. */
export function invocationOf(_word: string): string {
  return invocation;
}
