"use client";
/** A view that has a use for image files says so while it is there; files that are dropped anywhere on the page then reach it. */
import { useEffect, useRef } from "react";
import { create } from "zustand";

interface PictureTaker {
  /** What the page says while a file hangs over it. */
  readonly invitation: string;
  readonly take: (file: File) => void;
}

/** Null while no view wants pictures. */
export const usePictureTaker = create<{ readonly taker: PictureTaker | null }>(() => ({ taker: null }));

export function useDroppedPicture(invitation: string, take: (file: File) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const taker = { invitation, take: (file: File) => latest.current(file) };
    usePictureTaker.setState({ taker });
    return () => usePictureTaker.setState({ taker: null });
  }, [invitation]);
}
