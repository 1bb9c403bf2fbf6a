import { vi } from "vitest";

/** Runs a command in this process. @returns what it printed, without colours. */
export async function printed(command: () => Promise<void>): Promise<string> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  vi.stubEnv("NO_COLOR", "1");
  try {
    await command();
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return written.join("");
}
