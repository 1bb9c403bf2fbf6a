"use client";
import { useCallback } from "react";
import { useDrawingState } from "../address/use-drawing-state.ts";

/** Reads a file of the visitor's and chooses it, or says why not. */
export function useOpenFile(): (file: File) => Promise<void> {
  const [, setState] = useDrawingState();
  return useCallback(
    async (file) => {
      const { openModelFile } = await import("./open-file.ts");
      const entry = await openModelFile(file);
      if (entry !== null) await setState({ model: entry.id, class: null });
    },
    [setState],
  );
}
