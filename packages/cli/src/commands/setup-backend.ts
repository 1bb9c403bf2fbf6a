import type { TensorflowBackend } from "../backend/tensorflow-package.ts";

export async function runSetupBackend(
  backend: TensorflowBackend,
  { force = false }: { force?: boolean },
): Promise<void> {
  const { setUpTensorflow } = await import("../backend/set-up-tensorflow.ts");
  await setUpTensorflow(backend, { force, line: (text) => process.stdout.write(`${text}\n`) });
}
