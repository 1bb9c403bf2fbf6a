"use client";
/** Training and test loss over steps, with the scrubbed step marked. The numbers stand in a table for who cannot see it. */
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { RunHistory } from "../../../state/runs/run-history.ts";
import styles from "./runs.module.css";

interface LossCurveProps {
  readonly history: RunHistory;
  /** Step of the sheet that is shown; null for none. */
  readonly markedStep: number | null;
  readonly label: string;
}

const HEIGHT = 220;

export function LossCurve({ history, markedStep, label }: LossCurveProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ history, markedStep });
  latest.current = { history, markedStep };
  // uPlot wants something to find a range in.
  const isEmpty = history.steps.length + history.evaluations.length === 0;

  useEffect(() => {
    if (isEmpty) return;
    const element = place.current!;
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    const draw = () => {
      plot.current?.destroy();
      const options = optionsFor(element, latest);
      plot.current = new uPlot(options, dataOf(latest.current.history), element);
    };
    draw();
    scheme.addEventListener("change", draw);
    const observer = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      scheme.removeEventListener("change", draw);
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [isEmpty]);
  useEffect(() => plot.current?.setData(dataOf(history)), [history]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is read from its ref when the plot is drawn.
  useEffect(() => plot.current?.redraw(false), [markedStep]);

  return (
    <figure className={styles.curve}>
      <div ref={place} className={styles.plot} role="img" aria-label={label} />
    </figure>
  );
}

/** Steps and evaluations on one axis; a series has null where it tells nothing. */
function dataOf({ steps, evaluations }: RunHistory): uPlot.AlignedData {
  const training: uPlot.AlignedData = [steps.map(({ step }) => step), steps.map(({ nats }) => nats)];
  const test: uPlot.AlignedData = [
    evaluations.map(({ step }) => step),
    evaluations.map(({ test }) => test.nats),
  ];
  return uPlot.join([training, test]);
}

/** A training begins far above where it ends: the axis fits what came after the first tenth of the steps. */
function lossRange({ steps, evaluations }: RunHistory): uPlot.Range.MinMax {
  const begun = (steps.at(-1)?.step ?? 0) / 10;
  const later = [
    ...steps.filter(({ step }) => step >= begun).map(({ nats }) => nats),
    ...evaluations.filter(({ step }) => step >= begun).map(({ test }) => test.nats),
  ].filter((nats) => nats !== null);
  const lowest = later.reduce((least, nats) => Math.min(least, nats), Number.POSITIVE_INFINITY);
  const highest = later.reduce((most, nats) => Math.max(most, nats), Number.NEGATIVE_INFINITY);
  return later.length === 0 ? [0, 1] : uPlot.rangeNum(lowest, highest, 0.1, false);
}

interface Shown {
  readonly current: { readonly history: RunHistory; readonly markedStep: number | null };
}

function optionsFor(element: HTMLElement, shown: Shown): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const resolved = { ink: style.color, line: style.borderTopColor, accent: style.outlineColor };
  const axis = {
    stroke: resolved.ink,
    font: `14px ${colour("font-family") || style.fontFamily}`,
    grid: { stroke: resolved.line, width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: () => lossRange(shown.current.history) } },
    series: [
      {},
      { stroke: resolved.ink, width: 1, spanGaps: true, points: { show: false } },
      {
        stroke: resolved.accent,
        width: 2,
        spanGaps: true,
        points: { show: true, size: 7, fill: resolved.accent },
      },
    ],
    axes: [axis, { ...axis, size: 56 }],
    hooks: {
      draw: [
        ({ ctx, bbox, valToPos }) => {
          const step = shown.current.markedStep;
          if (step === null) return;
          const x = Math.round(valToPos(step, "x", true));
          ctx.fillStyle = resolved.accent;
          ctx.fillRect(x - 1, bbox.top, 2, bbox.height);
        },
      ],
    },
  };
}
