import { vi } from "vitest";

/**
 * Runs a command in this process.
 *
 * @param columns of the terminal that it prints to; to none when left out.
 * @returns what it printed, without colours.
 */
export async function printed(command: () => Promise<void>, columns?: number): Promise<string> {
  const before = process.stdout.columns;
  if (columns !== undefined) process.stdout.columns = columns;
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  vi.stubEnv("NO_COLOR", "1");
  try {
    await command();
  } finally {
    process.stdout.columns = before;
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return written.join("");
}
