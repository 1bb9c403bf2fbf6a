"use client";
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useState } from "react";
import { fetchFromSite } from "../../site/fetch-from-site.ts";
import { useUnfetched } from "../../site/unfetched.ts";
import type { ModelEntry } from "./model-entry.ts";
import type { TestPicture, TestPictureFile } from "./test-pictures.ts";

const NONE: readonly TestPicture[] = [];

/** The most surprising test pictures first, then the least; none where nobody looked for them, null while they are fetched. */
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

function unpack({ most, least }: TestPictureFile, picture: PictureShape): TestPicture[] {
  const size = picture.height * picture.width * picture.channels;
  const read = (kind: string, stored: TestPictureFile["most"]) =>
    stored.map(({ levels, label, nats }, i) => {
      const bytes = Uint8Array.from(atob(levels), (character) => character.charCodeAt(0));
      return { id: `${kind}-${i}`, levels: bytes, label, nats };
    });
  return [...read("most", most), ...read("least", least)].filter(
    ({ levels }) => levels.length === size && levels.every((level) => level < picture.levels),
  );
}
