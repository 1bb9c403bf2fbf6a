"use client";
/** A view that has a use for picture files says so while it is there; files that are dropped anywhere on the page then reach it. */
import { useEffect } from "react";
import { create } from "zustand";

interface PictureTaker {
  /** What the page says while a file hangs over it. */
  readonly invitation: string;
  /** Whether it reads .pxc files too. */
  readonly compressed: boolean;
  /** Whether it takes all that are dropped at once; else the first of them. */
  readonly several: boolean;
}

interface Pictures {
  /** Null while no view wants pictures. */
  readonly taker: PictureTaker | null;
  /** Dropped, and not taken yet: for the view that comes next, or for this one when it is ready. */
  readonly waiting: readonly File[];
}

export const usePictureTaker = create<Pictures>(() => ({ taker: null, waiting: [] }));

/**
 * @param take null while the view is not ready: a picture waits.
 * @param options whether .pxc files are taken too.
 */
export function useDroppedPicture(
  invitation: string,
  take: ((file: File) => void) | null,
  { compressed = false }: { readonly compressed?: boolean } = {},
): void {
  useTaken({ invitation, compressed, several: false }, take === null ? null : ([first]) => take(first!));
}

/** As {@link useDroppedPicture}, for a view that takes all pictures that are dropped at once. */
export function useDroppedPictures(invitation: string, take: (files: readonly File[]) => void): void {
  useTaken({ invitation, compressed: false, several: true }, take);
}

function useTaken(
  { invitation, compressed, several }: PictureTaker,
  take: ((files: readonly File[]) => void) | null,
): void {
  const { waiting } = usePictureTaker();
  useEffect(() => {
    usePictureTaker.setState({ taker: { invitation, compressed, several } });
    return () => usePictureTaker.setState({ taker: null });
  }, [invitation, compressed, several]);
  useEffect(() => {
    if (waiting.length === 0 || take === null) return;
    usePictureTaker.setState({ waiting: [] });
    take(waiting);
  }, [waiting, take]);
}
