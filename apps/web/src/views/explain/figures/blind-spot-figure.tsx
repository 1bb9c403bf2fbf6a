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
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import type { Cell } from "../parts/field-grid.tsx";
import { Field, ThreeFields } from "../parts/three-fields.tsx";

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
    <ThreeFields
      label="Layers, or blocks"
      depth={depth}
      maximum={MAX_DEPTH}
      onDepth={(value) => void setState({ depth: value })}
      legend={[
        ["here", "to guess"],
        ["seen", "read (gated: through the vertical stack)"],
        ["alsoSeen", "read through the horizontal stack alone"],
        ["missed", "blind spot"],
      ]}
    >
      {shown.map(({ name, title }) => (
        <Reading key={name} name={name} title={title} depth={depth} />
      ))}
    </ThreeFields>
  );
}

interface ReadingProps {
  readonly name: PresetName;
  readonly title: string;
  readonly depth: number;
}

function Reading({ name, title, depth }: ReadingProps) {
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
  return <Field title={title} window={WINDOW} cellAt={cellAt} sentence={sentence} />;
}

function fieldOf(name: PresetName, depth: number) {
  const network = buildPreset(name, { picture, channels: 2, layers: depth });
  const vertical: OffsetSet | null =
    name === "gated" ? seesOf(network).get(`block${depth}.vertical`)![0]! : null;
  return { ...receptiveField(network), vertical };
}
