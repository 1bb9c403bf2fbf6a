"use client";
import { useRef } from "react";
import { Button } from "../controls/button.tsx";
import { useOpenFile } from "./dropped-files.tsx";

/** What dropping a file does, for who cannot drag. */
export function FileButton() {
  const input = useRef<HTMLInputElement>(null);
  const openFile = useOpenFile();
  return (
    <>
      <Button onClick={() => input.current?.click()}>Open a model file…</Button>
      <input
        ref={input}
        type="file"
        accept=".safetensors"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ""; // the same file can be chosen again
          if (file) void openFile(file);
        }}
      />
    </>
  );
}
