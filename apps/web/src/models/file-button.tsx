"use client";
import { FileChooser } from "../controls/file-chooser.tsx";
import { useOpenFile } from "./dropped-files.tsx";

/** Opens a model file. */
export function FileButton() {
  const openFile = useOpenFile();
  return (
    <FileChooser label="Open a model file…" accept=".safetensors" onFile={(file) => void openFile(file)} />
  );
}
