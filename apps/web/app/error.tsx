"use client";
import { PageFrame } from "../src/components/page/page-frame.tsx";

/** A part of the page that did not come is not asked for twice by the same page. */
const isUnfetched = ({ name, message }: Error) => name === "ChunkLoadError" || /load chunk/i.test(message);

export default function ViewError({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  const unfetched = isUnfetched(error);
  const lead = unfetched
    ? "A part of it could not be fetched from the site. Reload the page when you are online."
    : error.message;
  return (
    <PageFrame title="This view stopped" lead={lead}>
      <p>
        <button type="button" onClick={unfetched ? () => location.reload() : reset}>
          {unfetched ? "Reload the page" : "Try again"}
        </button>
      </p>
    </PageFrame>
  );
}
