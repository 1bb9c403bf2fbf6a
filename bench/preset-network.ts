import { buildPreset, type Network, type PresetName } from "@pixelcnn/core";
import { referenceNetwork } from "./reference-network.ts";

/** What of a preset's network may be chosen; each preset's own where left out. */
export interface PresetSize {
  readonly levels: number;
  /** Of a mixture; 0 for none. */
  readonly components: number;
  readonly channels?: number;
  readonly layers?: number;
}

/** A preset's network for pictures of the reference network's size; of gated the reference network itself, or the same with other levels, or a mixture. */
export function presetNetwork(preset: PresetName, size: PresetSize): Network {
  const reference = referenceNetwork();
  const { levels, components, ...chosen } = size;
  const isReference = preset === "gated" && Object.keys(chosen).length === 0;
  if (isReference && levels === reference.picture.levels && components === 0) return reference;
  return buildPreset(preset, {
    picture: { ...reference.picture, levels },
    classes: 1,
    ...(isReference ? { channels: 32, layers: 6 } : chosen),
    ...(components > 0 && { likelihood: { kind: "mixture", components } }),
  });
}
