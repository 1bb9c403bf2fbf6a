import type { Verdict } from "../networks/verdict.ts";
import styles from "./parts.module.css";

interface VerdictLineProps {
  readonly verdict: Verdict;
  /** What is said of a network that passes. */
  readonly whenCausal: string;
}

/** What `defineNetwork` of core answers, word for word. */
export function VerdictLine({ verdict, whenCausal }: VerdictLineProps) {
  return (
    <p className={styles.verdict} role="status" data-causal={verdict.causal}>
      {verdict.causal ? (
        whenCausal
      ) : (
        <>
          <strong>{verdict.name}</strong> <code>{verdict.message}</code>
        </>
      )}
    </p>
  );
}
