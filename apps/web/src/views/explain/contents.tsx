import styles from "./explain.module.css";
import { sections } from "./sections.ts";

export function Contents() {
  return (
    <nav className={styles.contents} aria-label="Contents">
      <ol>
        {Object.entries(sections).map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
