/** The italics of the site's typeface, fetched where there are some to show: in the article. */
import localFont from "next/font/local";

export const italic = localFont({
  src: [
    {
      path: "../../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-italic.woff2",
      weight: "200 800",
      style: "italic",
    },
  ],
  variable: "--font-italic",
  display: "swap",
  preload: false,
  adjustFontFallback: "Times New Roman",
});
