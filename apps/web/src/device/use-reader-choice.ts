"use client";
/** Tells the worker which reader the address asks for, before anything is drawn. Every view that draws uses it. */
import { useEffect } from "react";
import { drawingEngine } from "../drawing/drawing-worker.ts";
import { useDrawingState } from "../url-state/use-drawing-state.ts";
import { useDevice } from "./device-store.ts";

/** The choice that the worker knows: draw when it is the address's. */
export function useReaderChoice(): boolean {
  const [{ reader }] = useDrawingState();
  const { choice, setChoice } = useDevice();
  useEffect(() => {
    if (choice === reader) return;
    setChoice(reader);
    void drawingEngine().choose(reader);
  }, [choice, reader, setChoice]);
  return choice === reader;
}
