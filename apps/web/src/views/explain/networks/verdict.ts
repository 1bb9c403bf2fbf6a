/** What core says of a network that a visitor put together. */
import { defineNetwork, type Network, PixelCnnError } from "@pixelcnn/core";

export type Verdict =
  | { readonly causal: true }
  /** Name and message of core's error. */
  | { readonly causal: false; readonly name: string; readonly message: string };

export function judge(network: Network): Verdict {
  try {
    defineNetwork(network);
    return { causal: true };
  } catch (error) {
    if (!(error instanceof PixelCnnError)) throw error;
    return { causal: false, name: error.name, message: error.message };
  }
}
