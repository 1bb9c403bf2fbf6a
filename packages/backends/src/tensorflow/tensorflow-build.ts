/** What TensorFlow is in the user's cache: two libraries and the binding to them, which is compiled there. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { BackendError } from "../backend-error.ts";
import { cacheFolder } from "../wheels/cache-folder.ts";
import { tensorflowForGpu, tensorflowForProcessor } from "../wheels/pinned-wheels.ts";
import type { WheelSet } from "../wheels/set-up-wheels.ts";
import { BINDING_VERSION } from "./binding-sources.ts";

/** What TensorFlow computes on. */
export type TensorflowBackend = "cuda" | "native";

const pinned = { cuda: tensorflowForGpu, native: tensorflowForProcessor } as const;

/** TensorFlow for this machine; undefined where there is no wheel of it. */
export function tensorflowHere(backend: TensorflowBackend): WheelSet | undefined {
  const wheels = pinned[backend];
  const [tensorflow] = wheels;
  if (tensorflow === undefined) return undefined;
  const { name, version } = tensorflow;
  return {
    backend,
    wheels,
    folder: cacheFolder(`${name}-${version}-binding-${BINDING_VERSION}`),
    file: join("tensorflow", "tfjs_binding.node"),
  };
}

/** The folder that a set-up has made, by the binding in it. */
export function tensorflowFolder(binding: string): string {
  return dirname(dirname(binding));
}

/** Whether there is one for the processor. */
export function hasTensorflow(): boolean {
  try {
    return findTensorflow("native") !== null;
  } catch {
    return false; // a name of none: told where it is started
  }
}

/**
 * The compiled binding, with the libraries beside it; null where it is not set up, or for the processor not wanted (`PIXELCNN_TENSORFLOW` is empty).
 * @throws {BackendError} when `PIXELCNN_TENSORFLOW` names a file that is not there
 */
export function findTensorflow(backend: TensorflowBackend): string | null {
  const named = backend === "native" ? process.env.PIXELCNN_TENSORFLOW : undefined;
  if (named === "") return null;
  if (named !== undefined) {
    if (!existsSync(named))
      throw new BackendError(`PIXELCNN_TENSORFLOW: expected the binding to TensorFlow, there is no ${named}`);
    return named;
  }
  const build = tensorflowHere(backend);
  if (build === undefined) return null;
  const path = join(build.folder, build.file);
  return existsSync(path) ? path : null;
}
