"use client";
/** Shown when the frame of the site itself fails. Next's own version styles itself inline, which our policy forbids. */
import "../src/design/tokens.css";
import "../src/design/base.css";

export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>The page stopped</h1>
          <p>Something unexpected went wrong. Reload the page to go on.</p>
        </main>
      </body>
    </html>
  );
}
