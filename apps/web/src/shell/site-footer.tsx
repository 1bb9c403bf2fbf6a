import styles from "./site-footer.module.css";

export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <p>
        Everything is computed in this browser; no picture and no file leaves it. The models follow van den
        Oord et al. 2016, <a href="https://arxiv.org/abs/1601.06759">Pixel Recurrent Neural Networks</a> and{" "}
        <a href="https://arxiv.org/abs/1606.05328">Conditional Image Generation with PixelCNN Decoders</a>.
      </p>
    </footer>
  );
}
