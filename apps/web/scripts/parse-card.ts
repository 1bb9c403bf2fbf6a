/** Model cards are Markdown for people; the page takes their first paragraph, the line that it begins with, and their table. */
import { marked, type Token, type Tokens } from "marked";
import type { ModelCard } from "../src/state/models/manifest.ts";

export function parseCard(markdown: string): ModelCard {
  const tokens = marked.lexer(markdown);
  const paragraph = tokens.find((token) => token.type === "paragraph");
  const table = tokens.find((token): token is Tokens.Table => token.type === "table");
  const lead = paragraph === undefined ? "" : plain([paragraph]);
  return {
    line: lead.match(/^[^.:]*/)![0].replaceAll("\n", " "),
    lead,
    facts: (table?.rows ?? []).map(([name, text]) => [plain(name!.tokens), plain(text!.tokens)] as const),
  };
}

/** The text of tokens without their marks; pictures leave nothing. */
function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "image") return "";
      if ("tokens" in token && token.tokens !== undefined) return plain(token.tokens);
      return "text" in token ? String(token.text) : "";
    })
    .join("");
}
