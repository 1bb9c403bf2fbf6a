import styles from "./gallery.module.css";

/** The sentence of the file itself, until there is something to tell. */
export const ABOUT_TO_DRAW =
  "A small neural network is about to draw on your own device, each pixel chosen in the light of all before it.";

/** Keeps the wall's place until it comes. */
export function WallPlace() {
  return (
    <>
      <p className={styles.sentence}>{ABOUT_TO_DRAW}</p>
      <div className={styles.pen} />
      <div className={styles.place} />
    </>
  );
}
