"use client";
import { PageFrame } from "../src/shell/page-frame.tsx";

export default function ViewError({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <PageFrame title="This view stopped" lead={error.message}>
      <p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </p>
    </PageFrame>
  );
}
