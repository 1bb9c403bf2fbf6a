"use client";
/** Who may read whom within one pixel: the centre taps of a colour network as two matrices. */
import { receptiveField } from "@pixelcnn/core";
import { useMemo } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { useAddress } from "../../../state/address/use-address.ts";
import { COLOURS, colourNetwork } from "../networks/colour-network.ts";
import { judge } from "../networks/verdict.ts";
import { parseAsSwitches, switches } from "../parts/switches-parser.ts";
import { ToggleGrid } from "../parts/toggle-grid.tsx";
import { VerdictLine } from "../parts/verdict-line.tsx";
import styles from "./colour-figure.module.css";

/** Output by row, input by column. */
const MASK_A = switches("000100110");
const MASK_B = switches("100110111");

const state = {
  rgbFirst: parseAsSwitches.withDefault(MASK_A),
  rgbLater: parseAsSwitches.withDefault(MASK_B),
};

const LETTERS = ["R", "G", "B"] as const;

const rows = LETTERS.map((letter) => `${letter} reads`);

const cells = Array.from({ length: 9 }, (_, i) => {
  const [output, input] = [Math.floor(i / 3), i % 3];
  return { name: `${COLOURS[output]} reads ${COLOURS[input]}`, text: LETTERS[input]! };
});

export function ColourFigure() {
  const [{ rgbFirst, rgbLater }, setState] = useAddress(state);
  const { verdict, known } = useMemo(() => {
    const network = colourNetwork(rgbFirst, rgbLater);
    return { verdict: judge(network), known: COLOURS.map((_, channel) => sameSeen(network, channel)) };
  }, [rgbFirst, rgbLater]);
  return (
    <div className={styles.bench}>
      <div className={styles.matrices}>
        <div className={styles.matrix}>
          <span className={styles.name}>First layer’s centre</span>
          <ToggleGrid
            label="Centre of the first layer: which colour reads which"
            rows={rows}
            cells={cells}
            value={rgbFirst}
            onChange={(value) => void setState({ rgbFirst: value })}
          />
        </div>
        <div className={styles.matrix}>
          <span className={styles.name}>Later layers’ centre</span>
          <ToggleGrid
            label="Centre of the later layers: which colour reads which"
            rows={rows}
            cells={cells}
            value={rgbLater}
            onChange={(value) => void setState({ rgbLater: value })}
          />
        </div>
      </div>
      <div className={styles.result}>
        <ul className={styles.known}>
          {COLOURS.map((colour, channel) => (
            <li key={colour}>
              The guess for <strong>{colour}</strong> knows{" "}
              {known[channel]!.length === 0 ? "nothing of its own pixel" : list(known[channel]!)}.
            </li>
          ))}
        </ul>
        <Button onClick={() => void setState({ rgbFirst: MASK_A, rgbLater: MASK_B })}>
          Masks of the paper
        </Button>
      </div>
      <div className={styles.verdict}>
        <VerdictLine verdict={verdict} whenCausal="Causal: no colour knows itself or a later one." />
      </div>
    </div>
  );
}

/** Colours of the same pixel that the logits of `channel` see. */
function sameSeen(network: ReturnType<typeof colourNetwork>, channel: number): string[] {
  return receptiveField(network, channel)
    .seen.filter(({ dy, dx }) => dy === 0 && dx === 0)
    .map((offset) => COLOURS[offset.channel]!);
}

function list(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
