"use client";
import { useRef } from "react";
import { Button } from "./button.tsx";

interface FileChooserProps {
  readonly label: string;
  /** As of an input's `accept`. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** As {@link FileChooserProps}, for several files at once. */
interface FilesChooserProps extends Omit<FileChooserProps, "onFile"> {
  readonly onFiles: (files: readonly File[]) => void;
}

/** What dropping a file does, for who cannot drag. */
export function FileChooser({ onFile, ...rest }: FileChooserProps) {
  return <Chooser {...rest} multiple={false} onFiles={([first]) => onFile(first!)} />;
}

/** What dropping files does, for who cannot drag. */
export function FilesChooser(props: FilesChooserProps) {
  return <Chooser {...props} multiple />;
}

function Chooser({ label, accept, multiple, onFiles }: FilesChooserProps & { readonly multiple: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ""; // the same file can be chosen again
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
