import type { Metadata } from "next";
import { PageFrame } from "../../src/components/page/page-frame.tsx";
import { Compress } from "../../src/views/compress/index.tsx";

export const metadata: Metadata = { title: "Compress" };

export default function Page() {
  return (
    <PageFrame
      title="Compress"
      lead="What a model expects need not be written down: a picture without loss, in as few bits as it was surprising."
    >
      <Compress />
    </PageFrame>
  );
}
