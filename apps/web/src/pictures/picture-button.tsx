"use client";
import { useRef } from "react";
import { Button } from "../controls/button.tsx";

/** What dropping a picture does, for who cannot drag. */
export function PictureButton({ onPicture }: { readonly onPicture: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>Open a picture…</Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ""; // the same file can be chosen again
          if (file) onPicture(file);
        }}
      />
    </>
  );
}
