/** Sets up a backend of TensorFlow from the stub: set-up-in-a-process.ts <backend>. Prints what is said, and the error last. */
import { fileURLToPath } from "node:url";
import { setUpTensorflow } from "../../src/tensorflow/set-up-tensorflow.ts";
import type { TensorflowBackend } from "../../src/tensorflow/tensorflow-package.ts";

const packageName = fileURLToPath(new URL("stub-tensorflow", import.meta.url));
const line = (text: string) => process.stdout.write(`${text}\n`);
try {
  await setUpTensorflow(process.argv[2] as TensorflowBackend, { line }, packageName);
} catch (error) {
  line((error as Error).message);
}
