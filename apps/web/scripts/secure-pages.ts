/**
 * A strict content security policy for every page of the export: scripts from this site, and Next's few inline ones by their
 * hashes, which only the finished page has. It stands in the page as a meta tag, for hosts that set no headers, and in `_headers`
 * for those that do. A page with inline styles is refused here rather than broken in the browser.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { type HTMLElement, parse } from "node-html-parser";

/** @param folder the export. @param basePath where the site lies on its host. */
export async function securePages(folder: string, basePath: string): Promise<void> {
  const headers = [
    `${basePath}/*`,
    ...everywhere,
    `${basePath}/_next/*`,
    `  Content-Security-Policy: ${workerPolicy}`,
    `${basePath}/_next/static/*`,
    `  ${forEver}`,
    `${basePath}/service-worker.js`,
    `  Content-Security-Policy: ${workerPolicy}`,
  ];
  const pages = (await htmlFiles(folder)).sort();
  for (const page of pages) {
    const path = join(folder, page);
    const html = await readFile(path, "utf8");
    const document = parse(html, { comment: true });
    refuseInlineStyles(document, page);
    const policy = pagePolicy(inlineHashes(document));
    await writeFile(path, withPolicy(html, policy));
    headers.push(
      `${basePath}/${addressOf(page)}`,
      `  Content-Security-Policy: ${policy}; frame-ancestors 'none'`,
    );
  }
  await writeFile(join(folder, "_headers"), `${headers.join("\n")}\n`);
}

/** Headers of every answer. A whole policy that all pages share would forbid their inline scripts, so each has its own below. */
const everywhere = [
  "  Content-Security-Policy: frame-ancestors 'none'",
  "  X-Content-Type-Options: nosniff",
  "  Referrer-Policy: no-referrer",
  "  Cross-Origin-Opener-Policy: same-origin",
  "  Permissions-Policy: camera=(), microphone=(), geolocation=()",
];

/** Files whose names are made of what is in them: other contents have another name. */
const forEver = "Cache-Control: public, max-age=31536000, immutable";

/** Workers do not have the policy of the page that starts them. */
const workerPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

function pagePolicy(hashes: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}`,
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function inlineHashes(document: HTMLElement): string[] {
  const scripts = document.querySelectorAll("script").filter((script) => !script.hasAttribute("src"));
  const hashes = scripts.map((script) => createHash("sha256").update(script.innerHTML).digest("base64"));
  return [...new Set(hashes)].map((hash) => `'sha256-${hash}'`);
}

/** Behind the character set, which must come within the first 1,024 bytes, and before everything that loads. */
function withPolicy(html: string, policy: string): string {
  const charset = '<meta charSet="utf-8"/>';
  const at = html.indexOf(charset) + charset.length;
  if (at < charset.length) throw new Error(`expected a page with ${charset}`);
  return `${html.slice(0, at)}<meta http-equiv="Content-Security-Policy" content="${policy}"/>${html.slice(at)}`;
}

function refuseInlineStyles(document: HTMLElement, page: string): void {
  const found = document.querySelector("style, [style]");
  if (found === null) return;
  throw new Error(`${page}: expected no inline style, got ${found.outerHTML.slice(0, 120)}; use a class`);
}

/** generate/index.html is asked for as generate/. */
function addressOf(page: string): string {
  return page.replace(/(^|\/)index\.html$/, "$1");
}

async function htmlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".html")).map((name) => name.split(sep).join("/"));
}
