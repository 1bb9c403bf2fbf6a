/** The frame of a view: its heading and its first sentence are in the file that the server sends, the rest comes with the view. */
import styles from "./page-frame.module.css";

interface PageFrameProps {
  readonly title: string;
  /** Left out where the view begins with a sentence of its own. */
  readonly lead?: React.ReactNode;
  readonly children: React.ReactNode;
}

export function PageFrame({ title, lead, children }: PageFrameProps) {
  return (
    <main id="content" className={styles.main}>
      <div className={styles.opening}>
        <h1>{title}</h1>
        {lead !== undefined && <div className={styles.lead}>{lead}</div>}
      </div>
      {children}
    </main>
  );
}
