import { GalleryOpening } from "../src/views/gallery/gallery-opening.tsx";
import { Gallery } from "../src/views/gallery/index.tsx";

export default function Page() {
  return (
    <GalleryOpening>
      <Gallery />
    </GalleryOpening>
  );
}
