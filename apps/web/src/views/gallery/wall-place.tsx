import styles from "./gallery.module.css";

/** Until there is something to tell. */
export const ABOUT_TO_DRAW = "The network is about to draw, each pixel chosen in the light of all before it.";

/** Keeps the wall's place until it comes. */
export function WallPlace() {
  return (
    <>
      <div className={styles.first}>
        <div className={styles.square} />
        <div className={styles.square} />
      </div>
      <div className={styles.place} />
      <p className={styles.sentence}>{ABOUT_TO_DRAW}</p>
    </>
  );
}
