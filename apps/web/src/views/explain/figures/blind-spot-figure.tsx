"use client";
/** What three networks of core read: two of them have a blind spot. */
import {
  buildPreset,
  isEarlier,
  type OffsetSet,
  type PresetName,
  receptiveField,
  seesOf,
} from "@pixelcnn/core";
import { useMemo } from "react";
import { Slider } from "../../../components/controls/slider.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import { type Cell, FieldGrid } from "../parts/field-grid.tsx";
import { Legend } from "../parts/legend.tsx";
import styles from "../parts/three-fields.module.css";

const MAX_DEPTH = 4;
const state = { depth: parseAsWhole(1, MAX_DEPTH).withDefault(3) };

const picture = { height: 28, width: 28, channels: 1, levels: 2 };
const WINDOW = { up: 10, down: 1, side: 12 };

const shown = [
  { name: "naive", title: "Masked 7×7 layers" },
  { name: "pixelcnn", title: "PixelCNN" },
  { name: "gated", title: "Gated PixelCNN" },
] as const satisfies readonly { name: PresetName; title: string }[];

export function BlindSpotFigure() {
  const [{ depth }, setState] = useAddress(state);
  return (
    <div className={styles.bench}>
      <div className={styles.fields}>
        {shown.map(({ name, title }) => (
          <Field key={name} name={name} title={title} depth={depth} />
        ))}
      </div>
      <div className={styles.controls}>
        <Slider
          label="Layers, or blocks"
          value={depth}
          minimum={1}
          maximum={MAX_DEPTH}
          step={1}
          onChange={(value) => void setState({ depth: value })}
        />
        <Legend
          items={[
            ["here", "to guess"],
            ["seen", "read (gated: through the vertical stack)"],
            ["alsoSeen", "read through the horizontal stack alone"],
            ["missed", "blind spot"],
          ]}
        />
      </div>
    </div>
  );
}

interface FieldProps {
  readonly name: PresetName;
  readonly title: string;
  readonly depth: number;
}

function Field({ name, title, depth }: FieldProps) {
  const { blindSpot, seen, vertical } = useMemo(() => fieldOf(name, depth), [name, depth]);
  const missed = new Set(blindSpot.map(({ dy, dx }) => `${dy},${dx}`));
  const read = new Set(seen.map(({ dy, dx }) => `${dy},${dx}`));
  const cellAt = (dy: number, dx: number): Cell => {
    const offset = { dy, dx, channel: 0 };
    if (dy === 0 && dx === 0) return "here";
    if (!isEarlier(offset, 0)) return "later";
    if (missed.has(`${dy},${dx}`)) return "missed";
    if (!read.has(`${dy},${dx}`)) return "later";
    return vertical === null || vertical.has(offset) ? "seen" : "alsoSeen";
  };
  const sentence =
    blindSpot.length === 0
      ? `reads ${seen.length} pixels, no blind spot`
      : `reads ${seen.length} pixels and misses ${blindSpot.length}`;
  return (
    <div className={styles.field}>
      <h3>{title}</h3>
      <FieldGrid window={WINDOW} cellAt={cellAt} label={`${title} ${sentence}`} />
      <p className={styles.count}>{sentence}</p>
    </div>
  );
}

function fieldOf(name: PresetName, depth: number) {
  const network = buildPreset(name, { picture, channels: 2, layers: depth });
  const vertical: OffsetSet | null =
    name === "gated" ? seesOf(network).get(`block${depth}.vertical`)![0]! : null;
  return { ...receptiveField(network), vertical };
}
