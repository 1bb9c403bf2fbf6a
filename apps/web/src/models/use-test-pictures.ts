"use client";
import type { PictureShape } from "@pixelcnn/core";
import { useEffect, useState } from "react";
import { unpackLevels } from "../pictures/pack-levels.ts";
import { fetchFromSite } from "../site-url.ts";
import type { ModelEntry } from "./model-entry.ts";
import type { TestPicture, TestPictureFile } from "./test-pictures.ts";

const NONE: readonly TestPicture[] = [];

/** The most surprising test pictures first, then the least; none where nobody looked for them. */
export function useTestPictures(
  entry: ModelEntry | null,
  picture: PictureShape | null,
): readonly TestPicture[] {
  const [found, setFound] = useState<{
    readonly entry: ModelEntry;
    readonly pictures: readonly TestPicture[];
  } | null>(null);
  useEffect(() => {
    if (entry?.testPictures === undefined || picture === null) return;
    let isGone = false;
    fetchFromSite(entry.testPictures)
      .then((response) => response.json() as Promise<TestPictureFile>)
      .then((file) => {
        if (!isGone) setFound({ entry, pictures: unpack(file, picture) });
      })
      .catch(() => {}); // a supplement: the view works without
    return () => {
      isGone = true;
    };
  }, [entry, picture]);
  return found !== null && found.entry === entry ? found.pictures : NONE;
}

function unpack(file: TestPictureFile, picture: PictureShape): TestPicture[] {
  return (["most", "least"] as const).flatMap((kind) =>
    file[kind].flatMap(({ levels, label, nats }, i) => {
      const pixels = unpackLevels(levels, picture);
      return pixels === null ? [] : [{ id: `${kind}-${i}`, levels: pixels, label, nats }];
    }),
  );
}
