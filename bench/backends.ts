/** The backends that the benches measure: those of the command line program that work here. */
import { BackendError, type StartableBackend, startBackend } from "@pixelcnn/cli/backends";

/** Makes a backend the current one. @returns null where it works, and else why not. */
export async function useBackend(backend: StartableBackend): Promise<string | null> {
  try {
    await startBackend(backend);
    return null;
  } catch (error) {
    if (error instanceof BackendError) return error.reason;
    throw error;
  }
}
