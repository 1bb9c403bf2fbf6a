"use client";
/** One training: its curve, and the sheets that it drew from the same noise after every epoch. */
import Link from "next/link";
import { Slider } from "../../../components/controls/slider.tsx";
import { inBrowser } from "../../../components/page/in-browser.tsx";
import { Part } from "../../../components/page/part.tsx";
import { siteUrl } from "../../../site/fetch-from-site.ts";
import type { RunDigest } from "../../../state/runs/run-digest.ts";
import { emptyHistory, type RunHistory } from "../../../state/runs/run-history.ts";
import { useRuns } from "../../../state/runs/runs-store.ts";
import styles from "./runs.module.css";
import { useScrub } from "./scrub-store.ts";

const LossCurve = inBrowser(
  () => import("./loss-curve.tsx").then(({ LossCurve }) => LossCurve),
  <div className={styles.plot} />,
);

const states = { training: "training now", done: "done", stopped: "stopped" } as const;

export function RunPanel({ run }: { readonly run: RunDigest }) {
  const history = useRuns((state) => state.histories.get(run.name) ?? emptyHistory);
  const { epoch, setEpoch } = useScrub();
  const { samples: sheets } = history;
  const newest = sheets.length - 1;
  const wanted = epoch === null ? -1 : sheets.findLastIndex((sheet) => sheet.epoch <= epoch);
  const shown = epoch === null ? newest : Math.max(0, wanted);
  const sheet = sheets[shown];
  return (
    <article className={styles.run} aria-labelledby={`run-${run.name}`}>
      <div className={styles.record}>
        <header className={styles.title}>
          <h3 id={`run-${run.name}`}>{run.name}</h3>
          <p className={styles.state} data-state={run.state}>
            {states[run.state]}
          </p>
        </header>
        <p className={styles.facts}>{factsOf(run)}</p>
        <Part name="The curve">
          <LossCurve history={history} markedStep={sheet?.step ?? null} label={curveLabel(run, history)} />
        </Part>
        <p className={styles.legend}>
          <span className={styles.train}>training</span> and <span className={styles.test}>test</span> loss in
          nats per picture, over steps. The axis fits what came after the first tenth of the steps.
        </p>
        {run.modelFile !== null && (
          <p>
            <Link href={`/generate/?model=${encodeURIComponent(`run:${run.name}`)}`} prefetch={false}>
              Draw with {run.name}
            </Link>
          </p>
        )}
      </div>
      {sheet !== undefined && (
        <div className={styles.sheets}>
          {/* biome-ignore lint/performance/noImgElement: a static export has no image service. */}
          <img
            className={styles.sheet}
            src={siteUrl(`runs/${encodeURIComponent(run.name)}/${sheet.file}`)}
            alt={`Samples of ${run.name} after epoch ${sheet.epoch}, step ${sheet.step}`}
          />
          {sheets.length > 1 && (
            <Slider
              label="Samples after epoch"
              value={shown}
              minimum={0}
              maximum={newest}
              step={1}
              onChange={(index) => setEpoch(index === newest ? null : sheets[index]!.epoch)}
              describe={(index) => String(sheets[index]?.epoch ?? "")}
            />
          )}
        </div>
      )}
    </article>
  );
}

function factsOf({ dataset, network, weights, step, test }: RunDigest): string {
  const facts = [
    dataset,
    network,
    weights !== null && `${weights.toLocaleString("en")} weights`,
    `${step.toLocaleString("en")} steps`,
    test !== null &&
      test.nats !== null &&
      `${test.nats.toFixed(2)} nats on ${test.images.toLocaleString("en")} test pictures`,
  ];
  return facts.filter(Boolean).join(" · ");
}

function curveLabel(run: RunDigest, { steps, evaluations }: RunHistory): string {
  const first = steps[0]?.nats;
  const last = steps.at(-1)?.nats;
  const test = evaluations.at(-1)?.test.nats;
  if (first == null || last == null) return `Loss of ${run.name}: nothing recorded yet.`;
  const tested = test == null ? "" : `; the newest test loss is ${test.toFixed(1)}`;
  return `Loss of ${run.name} over ${run.step} steps: from ${first.toFixed(1)} to ${last.toFixed(1)} nats per picture${tested}.`;
}
