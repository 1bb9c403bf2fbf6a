import styles from "./figure.module.css";

interface FigureProps {
  /** Anchor, and name of the class that keeps the figure's place until its code is here. */
  readonly id: string;
  readonly title: string;
  /** What it shows, and where its equation comes from. */
  readonly caption: React.ReactNode;
  readonly children: React.ReactNode;
}

export function Figure({ id, title, caption, children }: FigureProps) {
  return (
    <figure id={id} className={styles.figure} aria-labelledby={`${id}-title`}>
      <div id={`${id}-title`} className={styles.title}>
        {title}
      </div>
      <div className={styles[id]}>{children}</div>
      <figcaption className={styles.caption}>{caption}</figcaption>
    </figure>
  );
}
