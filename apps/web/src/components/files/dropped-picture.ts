"use client";
/** A view that has a use for picture files says so while it is there; files that are dropped anywhere on the page then reach it. */
import { useEffect } from "react";
import { create } from "zustand";

interface PictureTaker {
  /** What the page says while a file hangs over it. */
  readonly invitation: string;
  /** Whether it reads .pxc files too. */
  readonly compressed: boolean;
}

interface Pictures {
  /** Null while no view wants pictures. */
  readonly taker: PictureTaker | null;
  /** Dropped, and not taken yet: for the view that comes next, or for this one when it is ready. */
  readonly waiting: File | null;
}

export const usePictureTaker = create<Pictures>(() => ({ taker: null, waiting: null }));

/**
 * @param take null while the view is not ready: a picture waits.
 * @param options whether .pxc files are taken too.
 */
export function useDroppedPicture(
  invitation: string,
  take: ((file: File) => void) | null,
  { compressed = false }: { readonly compressed?: boolean } = {},
): void {
  const { waiting } = usePictureTaker();
  useEffect(() => {
    usePictureTaker.setState({ taker: { invitation, compressed } });
    return () => usePictureTaker.setState({ taker: null });
  }, [invitation, compressed]);
  useEffect(() => {
    if (waiting === null || take === null) return;
    usePictureTaker.setState({ waiting: null });
    take(waiting);
  }, [waiting, take]);
}
