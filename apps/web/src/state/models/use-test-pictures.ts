"use client";
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useState } from "react";
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import { useUnfetched } from "../../site/unfetched.ts";
import type { ModelEntry } from "./model-entry.ts";
import type { RealPicture, TestPicture, TestPictureFile } from "./test-pictures.ts";

const NONE: readonly TestPicture[] = [];

/** The most surprising test pictures first, then the least, then those of the model's card; none where nobody looked for them, null while they are fetched. */
export function useTestPictures(
  entry: ModelEntry | null,
  picture: PictureShape | null,
): readonly TestPicture[] | null {
  const [found, setFound] = useState<{
    readonly entry: ModelEntry;
    readonly pictures: readonly TestPicture[];
  } | null>(null);
  const attempt = useUnfetched((state) => state.attempt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed is tried again.
  useEffect(() => {
    if (entry?.testPictures === undefined || picture === null) return;
    let isGone = false;
    fetchFromSite(entry.testPictures)
      .then((response) => response.json() as Promise<TestPictureFile>)
      .then((file) => unpack(file, picture))
      // A supplement: the view works without.
      .catch(() => NONE)
      .then((pictures) => {
        if (!isGone) setFound({ entry, pictures });
      });
    return () => {
      isGone = true;
    };
  }, [entry, picture, attempt]);
  if (entry?.testPictures === undefined) return NONE;
  return found !== null && found.entry === entry ? found.pictures : null;
}

function unpack({ most, least, real = [] }: TestPictureFile, picture: PictureShape): TestPicture[] {
  const size = picture.height * picture.width * picture.channels;
  const read = (kind: string, stored: readonly (RealPicture & { readonly nats?: number })[]) =>
    stored.map(({ levels, label, nats = null }, i) => {
      const bytes = Uint8Array.from(atob(levels), (character) => character.charCodeAt(0));
      return { id: `${kind}-${i}`, levels: bytes, label, nats };
    });
  return [...read("most", most), ...read("least", least), ...read("real", real)].filter(
    ({ levels }) => levels.length === size && levels.every((level) => level < picture.levels),
  );
}
