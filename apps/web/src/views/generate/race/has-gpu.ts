/** Is there a GPU that TensorFlow.js can use? */
import type { Gpu } from "@pixelcnn/core/shader";

/** @param acceptSoftware count one that the processor imitates. */
export async function hasGpu(acceptSoftware: boolean): Promise<boolean> {
  const { gpu } = navigator as { readonly gpu?: Gpu };
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter) return false;
  const { isFallbackAdapter, architecture, description } = adapter.info;
  const isSoftware =
    isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe/i.test(`${architecture} ${description}`);
  return acceptSoftware || !isSoftware;
}
