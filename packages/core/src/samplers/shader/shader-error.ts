import { PixelCnnError } from "../../errors.ts";

/**
 * - `unavailable`: there is no WebGPU, or no adapter that is wanted.
 * - `lost`: the device went away while it drew (driver reset, unplugged, destroyed).
 * - `out-of-memory`: the GPU's memory does not hold the buffers.
 * - `validation`: the device refused a command or the program; a fault of this package.
 * - `limits`: the network does not fit the device's limits.
 */
export type ShaderErrorKind = "unavailable" | "lost" | "out-of-memory" | "validation" | "limits";

/** The GPU cannot draw; another sampler can, from the same model and to the same pictures. */
export class ShaderError extends PixelCnnError {
  override readonly name = "ShaderError";
  constructor(
    readonly kind: ShaderErrorKind,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
