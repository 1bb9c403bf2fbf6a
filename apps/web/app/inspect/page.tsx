import type { Metadata } from "next";
import { PageFrame } from "../../src/components/page/page-frame.tsx";
import { Inspect } from "../../src/views/inspect/index.tsx";

export const metadata: Metadata = { title: "Inspect" };

export default function Page() {
  return (
    <PageFrame
      title="Inspect"
      lead="Point at a pixel: what the model expected there, what it looked at to expect it, and how surprised it was."
    >
      <Inspect />
    </PageFrame>
  );
}
