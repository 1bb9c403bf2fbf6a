import { PageFrame } from "../../shell/page-frame.tsx";

/** The part of the gallery that is in the file itself. */
export function GalleryOpening({ children }: { readonly children: React.ReactNode }) {
  return (
    <PageFrame
      title="Pictures, one pixel at a time"
      lead="A small neural network guesses each pixel from the pixels before it. Below it draws on your own device, now."
    >
      {children}
    </PageFrame>
  );
}
