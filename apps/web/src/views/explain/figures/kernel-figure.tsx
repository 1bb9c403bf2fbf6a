"use client";
/** Masks by hand: kernels are switched tap by tap, and what follows is shown at once. */
import { isEarlier, receptiveField } from "@pixelcnn/core";
import { useMemo } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { Slider } from "../../../components/controls/slider.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import { kernelNetwork, MAX_KERNEL_LAYERS, tapOffset } from "../networks/kernel-network.ts";
import { judge } from "../networks/verdict.ts";
import { CheatTest } from "../parts/cheat-test.tsx";
import { type Cell, FieldGrid } from "../parts/field-grid.tsx";
import { Legend } from "../parts/legend.tsx";
import { parseAsSwitches, switches } from "../parts/switches-parser.ts";
import { ToggleGrid } from "../parts/toggle-grid.tsx";
import { VerdictLine } from "../parts/verdict-line.tsx";
import styles from "./kernel-figure.module.css";

const MASK_A = switches("111100000");
const MASK_B = switches("111110000");

const state = {
  first: parseAsSwitches.withDefault(MASK_A),
  later: parseAsSwitches.withDefault(MASK_B),
  layers: parseAsWhole(1, MAX_KERNEL_LAYERS).withDefault(3),
};

const presets = [
  { text: "A, then B", first: MASK_A, later: MASK_B },
  { text: "Only B", first: MASK_B, later: MASK_B },
  { text: "Only A", first: MASK_A, later: MASK_A },
] as const;

const WINDOW = { up: MAX_KERNEL_LAYERS, down: 2, side: MAX_KERNEL_LAYERS };

const taps = Array.from({ length: 9 }, (_, index) => {
  const { dy, dx } = tapOffset(index);
  const rows = ["row above", "same row", "row below"];
  const columns = ["to the left", "same column", "to the right"];
  return {
    name: index === 4 ? "the centre" : `${rows[dy + 1]}, ${columns[dx + 1]}`,
    text: index === 4 ? "×" : "",
  };
});

export function KernelFigure() {
  const [{ first, later, layers }, setState] = useAddress(state);
  const { verdict, seen } = useMemo(() => {
    const network = kernelNetwork(first, later, layers);
    const verdict = judge(network);
    return {
      verdict,
      seen: verdict.causal || verdict.name !== "NetworkError" ? receptiveField(network).seen : [],
    };
  }, [first, later, layers]);
  const cheating = seen.filter((offset) => !isEarlier(offset, 0)).length;
  const cellAt = (dy: number, dx: number): Cell => {
    const isSeen = seen.some((offset) => offset.dy === dy && offset.dx === dx);
    if (!isEarlier({ dy, dx, channel: 0 }, 0))
      return isSeen ? "forbidden" : dy === 0 && dx === 0 ? "here" : "later";
    return isSeen ? "seen" : "unread";
  };
  return (
    <div className={styles.bench}>
      <div className={styles.kernels}>
        <div className={styles.kernel}>
          <span className={styles.name}>First layer</span>
          <ToggleGrid
            label="Taps of the first layer"
            cells={taps}
            value={first}
            onChange={(value) => void setState({ first: value })}
          />
        </div>
        <div className={styles.kernel}>
          <span className={styles.name}>Later layers</span>
          <ToggleGrid
            label="Taps of the later layers"
            cells={taps}
            value={later}
            onChange={(value) => void setState({ later: value })}
          />
        </div>
        <div className={styles.presets}>
          {presets.map(({ text, ...masks }) => (
            <Button key={text} onClick={() => void setState(masks)}>
              {text}
            </Button>
          ))}
        </div>
        <Slider
          label="Layers"
          value={layers}
          minimum={1}
          maximum={MAX_KERNEL_LAYERS}
          step={1}
          onChange={(value) => void setState({ layers: value })}
        />
      </div>
      <div className={styles.field}>
        <FieldGrid
          window={WINDOW}
          cellAt={cellAt}
          label={`The guess reads ${seen.length} pixels, ${cheating} of them not drawn yet.`}
        />
        <Legend
          items={[
            ["here", "to guess"],
            ["seen", "read"],
            ["unread", "earlier, not read"],
            ["forbidden", "read, not drawn yet"],
          ]}
        />
      </div>
      <div className={styles.verdict}>
        <VerdictLine
          verdict={verdict}
          whenCausal={`Causal: the guess reads ${seen.length} pixels, all of them drawn before.`}
        />
      </div>
      <div className={styles.cheat}>
        <CheatTest offsets={seen} />
      </div>
    </div>
  );
}
