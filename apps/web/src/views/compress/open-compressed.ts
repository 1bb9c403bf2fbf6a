import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useModels } from "../../state/models/model-store.ts";
import type { StoredPicture } from "../../workers/compression/compressed.ts";
import { decompressPictures, digestOf, makerOf } from "../../workers/compression/compression-worker.ts";

/** Another model compressed the file than the one in use. */
export class OtherModelError extends Error {
  /** The digest of that model, hex. */
  readonly digest: string;
  /** That model; null when it is none of the site's, and none that was opened here. */
  readonly maker: ModelEntry | null;

  constructor(digest: string, maker: ModelEntry | null) {
    super(`expected the model that compressed it, ${maker?.title ?? digest}, got another one`);
    this.digest = digest;
    this.maker = maker;
  }
}

/** The pictures of a .pxc file. @throws {OtherModelError}, or what core says of a file that is not sound. */
export async function openCompressed(entry: ModelEntry, file: File): Promise<readonly StoredPicture[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const digest = await makerOf(bytes);
  if ((await digestOf(entry)) !== digest) throw new OtherModelError(digest, await modelOf(digest));
  return await decompressPictures(entry, bytes, () => {});
}

/** Of the site's models the manifest tells; files that were opened here are read for it. */
async function modelOf(digest: string): Promise<ModelEntry | null> {
  const models = useModels.getState().models ?? [];
  const known = models.find((entry) => entry.digest === digest);
  if (known !== undefined) return known;
  for (const entry of models) {
    if (entry.source === "file" && (await digestOf(entry).catch(() => null)) === digest) return entry;
  }
  return null;
}
