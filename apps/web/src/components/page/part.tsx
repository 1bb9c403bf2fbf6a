"use client";
import { ErrorBoundary } from "react-error-boundary";

interface PartProps {
  /** What it is, for the sentence: "The chart of demo". */
  readonly name: string;
  readonly children: React.ReactNode;
}

/** A part of a view that may fail alone: a sentence takes its place, and the page goes on working. */
export function Part({ name, children }: PartProps) {
  return (
    <ErrorBoundary
      fallbackRender={({ error }) => (
        <p role="alert">
          {name} cannot be shown: {error instanceof Error ? error.message : String(error)}.
        </p>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
