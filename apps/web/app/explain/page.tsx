import type { Metadata } from "next";
import { PageFrame } from "../../src/components/page/page-frame.tsx";
import { Explain } from "../../src/views/explain/index.tsx";

export const metadata: Metadata = {
  title: "Explain",
  description:
    "How a PixelCNN learns without cheating, what its score means, and why drawing is slow. Ten minutes.",
};

export default function Page() {
  return (
    <PageFrame
      title="How a PixelCNN works"
      lead="It draws a picture by guessing one pixel after another. This article shows how it is kept from cheating while it learns, what its score means, and why drawing is slow. Ten minutes; every figure computes in your browser, with the code that draws the gallery."
    >
      <Explain />
    </PageFrame>
  );
}
