import styles from "./compress.module.css";
import type { Outcome } from "./use-compressed.ts";

/** What the picture takes in each format; what is not known is a dash, and keeps its place. */
export function SizeTable({ outcome }: { readonly outcome: Outcome | null }) {
  const values = outcome?.values ?? 0;
  const rows: readonly (readonly [string, number | null | undefined])[] = [
    ["This model (.pxc)", outcome?.file.length],
    ["PNG", outcome?.others.png],
    ["WebP, without loss", outcome?.others.webp],
  ];
  return (
    <table className={styles.sizes}>
      <thead>
        <tr>
          <th scope="col">Format</th>
          <th scope="col">Bytes</th>
          <th scope="col">Bits a value</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, bytes]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{bytes == null ? (bytes === null ? "not here" : "–") : bytes.toLocaleString("en")}</td>
            <td>{bytes == null ? "–" : ((8 * bytes) / values).toFixed(3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
