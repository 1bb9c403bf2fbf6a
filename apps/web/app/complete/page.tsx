import type { Metadata } from "next";
import { PageFrame } from "../../src/components/page/page-frame.tsx";
import { Complete } from "../../src/views/complete/index.tsx";

export const metadata: Metadata = { title: "Complete" };

export default function Page() {
  return (
    <PageFrame
      title="Complete"
      lead="Draw the top of a picture; the model draws the rest, each time otherwise. Pull the handle to say how much of yours is kept."
    >
      <Complete />
    </PageFrame>
  );
}
