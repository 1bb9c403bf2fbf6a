"use client";
import { useRef } from "react";
import { Button } from "./button.tsx";

interface FileChooserProps {
  readonly label: string;
  /** As of an input's `accept`. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** What dropping a file does, for who cannot drag. */
export function FileChooser({ label, accept, onFile }: FileChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ""; // the same file can be chosen again
          if (file) onFile(file);
        }}
      />
    </>
  );
}
