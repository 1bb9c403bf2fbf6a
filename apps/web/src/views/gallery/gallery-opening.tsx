import { PageFrame } from "../../components/page/page-frame.tsx";

/** The part of the gallery that is in the file itself. Its first sentence is the wall's, which changes while it draws. */
export function GalleryOpening({ children }: { readonly children: React.ReactNode }) {
  return <PageFrame title="Pictures, one pixel at a time">{children}</PageFrame>;
}
