/** TensorFlow.js's layers, which only the classifier needs: half of what all else comes with. Installed by who asks for it, and always there in the repository. */
import { version_core } from "@tensorflow/tfjs-core";
import { CliError } from "../cli-error.ts";

/** Sees that they are there, before anything is computed. @throws {CliError} where they are not. */
export async function requireLayers(): Promise<void> {
  try {
    await import("@tensorflow/tfjs");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CliError(
      `--class-agreement: expected the package @tensorflow/tfjs, which trains the judge, and it is not installed; run: npm install @pixelcnn/cli @tensorflow/tfjs@${version_core}`,
      { cause: error },
    );
  }
}
