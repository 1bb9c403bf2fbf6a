import type { Metadata } from "next";
import { PageFrame } from "../../src/components/page/page-frame.tsx";
import { Generate } from "../../src/views/generate/index.tsx";

export const metadata: Metadata = { title: "Generate" };

export default function Page() {
  return (
    <PageFrame
      title="Generate"
      lead="Every picture follows from the model and a number, the seed. With this site’s models, a link draws the same everywhere."
    >
      <Generate />
    </PageFrame>
  );
}
