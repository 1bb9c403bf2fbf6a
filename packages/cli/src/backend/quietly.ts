/**
 * Runs something without what the packages under it say to everybody: advice to use another package, deprecations of Node
 * that are theirs to mend.
 */
export async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { warn } = console;
  const { noDeprecation } = process;
  console.warn = () => {};
  process.noDeprecation = true;
  try {
    return await run();
  } finally {
    console.warn = warn;
    process.noDeprecation = noDeprecation ?? false;
  }
}
