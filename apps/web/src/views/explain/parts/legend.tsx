import fieldStyles from "./field-grid.module.css";
import type { Cell } from "./field-grid.tsx";
import styles from "./parts.module.css";

/** What the shades of a field mean. */
export function Legend({ items }: { readonly items: readonly (readonly [cell: Cell, meaning: string])[] }) {
  return (
    <ul className={styles.legend}>
      {items.map(([cell, meaning]) => (
        <li key={cell}>
          <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
            <rect className={fieldStyles[cell]} x="0.5" y="0.5" width="9" height="9" />
            {cell === "here" && <rect className={fieldStyles.ring} x="1" y="1" width="8" height="8" />}
            {cell === "forbidden" && <path className={fieldStyles.cross} d="M2.5 2.5l5 5m0 -5l-5 5" />}
          </svg>
          {meaning}
        </li>
      ))}
    </ul>
  );
}
