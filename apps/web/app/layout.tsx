import "../src/design/tokens.css";
import "../src/design/base.css";
import type { Metadata, Viewport } from "next";
import { newsreader } from "../src/shell/font.ts";
import { SiteFooter } from "../src/shell/site-footer.tsx";
import { SiteHeader } from "../src/shell/site-header.tsx";
import { SiteState } from "../src/shell/site-state.tsx";

export const metadata: Metadata = {
  title: { default: "PixelCNN", template: "%s · PixelCNN" },
  description: "Autoregressive image models that draw pictures pixel by pixel, on your own device.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f5f0" },
    { media: "(prefers-color-scheme: dark)", color: "#141413" },
  ],
};

export default function Layout({ children }: { readonly children: React.ReactNode }) {
  return (
    <html lang="en" className={newsreader.variable}>
      <body>
        {/* React Aria writes a style element, which the policy forbids, unless one of this id is there: see base.css. */}
        <template id="react-aria-pressable-style" />
        <SiteHeader />
        <SiteState>{children}</SiteState>
        <SiteFooter />
      </body>
    </html>
  );
}
