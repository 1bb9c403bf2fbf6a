"use client";
import { FileChooser } from "../controls/file-chooser.tsx";

/** Opens a picture. */
export function PictureButton({ onPicture }: { readonly onPicture: (file: File) => void }) {
  return <FileChooser label="Open a picture…" accept="image/*" onFile={onPicture} />;
}
