import styles from "./gallery.module.css";

/** Keeps the wall's place until it comes. */
export function WallPlace() {
  return <div className={styles.place} />;
}
