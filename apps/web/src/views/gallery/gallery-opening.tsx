import { PageFrame } from "../../components/page/page-frame.tsx";

/** The part of the gallery that is in the file itself. */
export function GalleryOpening({ children }: { readonly children: React.ReactNode }) {
  return (
    <PageFrame
      title="Pictures, one pixel at a time"
      lead="A small neural network draws on your own device, and it can learn to draw like you."
    >
      {children}
    </PageFrame>
  );
}
