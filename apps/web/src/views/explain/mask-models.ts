/** The two models that scripts/train-mask-models.ts trained: alike but for the mask of the later layers. */

import { fetchFile } from "../../site/fetch-from-site.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";

export const maskModels = {
  everywhere: entry(
    "article:mask-a-everywhere",
    "mask A in every layer",
    new URL("./mask-models/mask-a-everywhere.safetensors", import.meta.url),
  ),
  first: entry(
    "article:mask-a-then-b",
    "mask A, then B",
    new URL("./mask-models/mask-a-then-b.safetensors", import.meta.url),
  ),
} as const;

function entry(id: string, title: string, url: URL): ModelEntry {
  return {
    id,
    title,
    source: "site",
    summary: null,
    card: null,
    bytes: null,
    async read() {
      return (await fetchFile(url, `The model “${title}”`)).arrayBuffer();
    },
  };
}
