import type { Metadata } from "next";
import { PageFrame } from "../../src/components/page/page-frame.tsx";
import { Teach } from "../../src/views/teach/index.tsx";

export const metadata: Metadata = { title: "Teach" };

export default function Page() {
  return (
    <PageFrame
      title="Teach"
      lead="Draw up to ten things. A model that has never seen anything learns to draw them like you, here in this tab; nothing leaves your device."
    >
      <Teach />
    </PageFrame>
  );
}
