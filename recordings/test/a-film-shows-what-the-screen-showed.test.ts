import headless from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { Film } from "../film.ts";

/** A screen of 6 by 2 on which this was written. */
async function screenOf(...texts: readonly string[]) {
  const screen = new headless.Terminal({ cols: 6, rows: 2, allowProposedApi: true });
  for (const text of texts) await new Promise<void>((resolve) => screen.write(text, resolve));
  return screen;
}

describe("a film", () => {
  it("draws a row once, shows each frame in its time, and rests on the last one", async () => {
    const film = new Film(6, 2);
    film.take(await screenOf("one"), 0);
    film.take(await screenOf("one"), 500);
    film.take(await screenOf("one\r\n<two>"), 1000);
    film.take(await screenOf("\x1b[31m▀\x1b[39m"), 9000);
    expect(film.length).toBe(3);
    const svg = film.toSvg();
    expect(svg.match(/>one</g)).toHaveLength(1);
    expect(svg).toContain(">&#60;two&#62;<");
    // A red half block is a rectangle of half a row.
    expect(svg).toContain('<rect x="12" y="12" width="9" height="9" fill="#cd3131"/>');
    // 1 s, then a pause that is cut to 1.5 s, then the end, 4 s.
    expect(svg).toContain("#f0{animation:f0 6500ms step-end infinite}");
    expect(svg).toContain("@keyframes f0{0.000%{visibility:visible}15.385%,100%{visibility:hidden}}");
    expect(svg).toContain(
      "@keyframes f1{0%{visibility:hidden}15.385%{visibility:visible}38.462%,100%{visibility:hidden}}",
    );
    expect(svg).toContain(
      ".f{visibility:hidden}#f2{visibility:visible}@media (prefers-reduced-motion:no-preference)",
    );
  });

  it("passes over what is there for less than a blink", async () => {
    const film = new Film(6, 2);
    film.take(await screenOf("a"), 0);
    film.take(await screenOf("b"), 20);
    expect(film.length).toBe(1);
    expect(film.toSvg()).toContain(">b<");
  });
});
