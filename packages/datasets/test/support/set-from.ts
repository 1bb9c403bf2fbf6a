/** A known set of one file that no one but the test servers have. */
import { createHash } from "node:crypto";
import type { KnownSet } from "@pixelcnn/datasets";

/** 300,000 bytes that repeat nowhere near. */
export const content = Buffer.concat(
  Array.from({ length: 9375 }, (_, i) => createHash("sha256").update(String(i)).digest()),
);

export function setFrom(...servers: readonly { base: string }[]): KnownSet {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return {
    name: "numbers",
    format: { kind: "amat" },
    folders: ["numbers"],
    files: [{ name: "numbers.bin", bytes: content.length, sha256 }],
    mirrors: servers.map(({ base }) => base),
    pictures: "",
    testPictures: 1,
    size: "",
    licence: "",
  };
}
