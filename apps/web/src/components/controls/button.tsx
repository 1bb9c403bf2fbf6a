import styles from "./controls.module.css";

type ButtonProps = React.ComponentProps<"button"> & { readonly kind?: "plain" | "primary" };

/** The browser's own button. */
export function Button({ kind = "plain", ...rest }: ButtonProps) {
  return <button type="button" className={styles.button} data-kind={kind} {...rest} />;
}
