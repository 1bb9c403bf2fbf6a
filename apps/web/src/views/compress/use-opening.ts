"use client";
/** Files of the visitor's: a picture, or one of compressed pictures, which waits for its model where that is another one. */
import { useEffect, useRef, useState } from "react";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { useGiven } from "./given-store.ts";
import { OtherModelError, openCompressed } from "./open-compressed.ts";
import { readStoredPicture } from "./read-stored-picture.ts";
import type { Trouble } from "./use-compressed.ts";

interface Opening {
  /** Shows what is in a file, or says why not. */
  open(file: File): Promise<void>;
  /** What became of the last file; null when nothing is wrong. */
  readonly trouble: Trouble | null;
  /** Nothing is said of it any more, and it is not tried again. */
  giveUp(): void;
}

interface Waiting {
  readonly file: File;
  /** Of the model that it needs; null until it is known. */
  readonly digest: string | null;
}

/** @param entry the model in use. Another one that may be that of the last file tries it again. */
export function useOpening(entry: ModelEntry | null): Opening {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  /** The last file, until it is open or of no use. */
  const waiting = useRef<Waiting | null>(null);
  const latest = useRef(entry);
  latest.current = entry;

  const open = async (file: File) => {
    if (entry === null) return;
    waiting.current = { file, digest: null };
    const isOver = () => waiting.current?.file !== file || latest.current !== entry;
    try {
      const isPacked = /\.pxc$/i.test(file.name);
      const pictures = isPacked ? await openCompressed(entry, file) : [await readStoredPicture(file)];
      if (isOver()) return;
      waiting.current = null;
      setTrouble(null);
      useGiven.setState({ given: { name: file.name.replace(/\.[^.]*$/, ""), pictures, shown: 0 } });
    } catch (error) {
      if (isOver()) return;
      waiting.current = error instanceof OtherModelError ? { file, digest: error.digest } : null;
      setTrouble(troubleOf(file.name, error as Error));
    }
  };
  const giveUp = () => {
    waiting.current = null;
    setTrouble(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every model.
  useEffect(() => {
    const last = waiting.current;
    giveUp();
    if (last !== null && mayBe(entry, last)) void open(last.file);
  }, [entry]);
  return { open, trouble, giveUp };
}

/** Of a model that nobody looked at it is not known before it is tried. */
function mayBe(entry: ModelEntry | null, { digest }: Waiting): boolean {
  return digest === null || entry?.digest === undefined || entry.digest === digest;
}

function troubleOf(name: string, error: Error): Trouble {
  if (!(error instanceof OtherModelError))
    return { text: `${name} cannot be used: ${error.message}.`, models: [] };
  const { maker, digest } = error;
  if (maker !== null)
    return {
      text: `${name} was compressed by ${maker.title}, and opens with it alone.`,
      models: [maker],
    };
  return {
    text: `${name} was compressed by a model, ${digest}, that is none of this site's and was not opened here: open its model file, and the picture comes.`,
    models: [],
  };
}
