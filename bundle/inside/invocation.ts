/** How this app is called in a bundle, for hints: takes the place of the command line's own module of this name. */
export const invocation = "bash run.sh";
