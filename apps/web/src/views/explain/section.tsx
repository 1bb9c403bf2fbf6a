import styles from "./explain.module.css";
import { type SectionId, sections } from "./sections.ts";

/** One section; its heading is the link to itself. */
export function Section({ id, children }: { readonly id: SectionId; readonly children: React.ReactNode }) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>
        <a className={styles.anchor} href={`#${id}`}>
          {sections[id]}
        </a>
      </h2>
      {children}
    </section>
  );
}
