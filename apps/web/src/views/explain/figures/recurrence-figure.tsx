"use client";
/** What a pixel in the middle of a picture reads, through a convolution's layers and through those of both Pixel RNNs: networks of core. */
import { buildPreset, isEarlier, type OffsetSet, type PresetName, seesOf } from "@pixelcnn/core";
import { useMemo } from "react";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import type { Cell } from "../parts/field-grid.tsx";
import { Field, ThreeFields } from "../parts/three-fields.tsx";

const MAX_LAYERS = 6;
const state = { cells: parseAsWhole(1, MAX_LAYERS).withDefault(1) };

const SIDE = 25;
const MIDDLE = (SIDE - 1) / 2;
const picture = { height: SIDE, width: SIDE, channels: 1, levels: 2 };
const WINDOW = { up: MIDDLE, down: 1, side: MIDDLE };
const BEFORE = MIDDLE * SIDE + MIDDLE;

/** Layers after which none of these networks reads more of half a picture: the slowest goes on by a column a layer. */
const ENOUGH = MIDDLE;

const shown = [
  { name: "pixelcnn", title: "Convolutions" },
  { name: "row-lstm", title: "Row LSTM" },
  { name: "diagonal-bilstm", title: "Diagonal BiLSTM" },
] as const satisfies readonly { name: PresetName; title: string }[];

export function RecurrenceFigure() {
  const [{ cells }, setState] = useAddress(state);
  return (
    <ThreeFields
      label="Layers after the first"
      depth={cells}
      maximum={MAX_LAYERS}
      onDepth={(value) => void setState({ cells: value })}
      legend={[
        ["here", "to guess"],
        ["seen", "read"],
        ["unread", "read with more layers"],
        ["missed", "blind spot: read by no number of layers"],
      ]}
    >
      {shown.map(({ name, title }) => (
        <Reading key={name} name={name} title={title} layers={cells} />
      ))}
    </ThreeFields>
  );
}

interface ReadingProps {
  readonly name: PresetName;
  readonly title: string;
  readonly layers: number;
}

function Reading({ name, title, layers }: ReadingProps) {
  const ever = useMemo(() => seenBy(name, ENOUGH), [name]);
  const now = useMemo(() => seenBy(name, layers), [name, layers]);
  const cellAt = (dy: number, dx: number): Cell => {
    const offset = { dy, dx, channel: 0 };
    if (dy === 0 && dx === 0) return "here";
    if (!isEarlier(offset, 0)) return "later";
    if (now.has(offset)) return "seen";
    return ever.has(offset) ? "unread" : "missed";
  };
  const [read, missed] = [count(now), BEFORE - count(ever)];
  const sentence = `reads ${read} of ${BEFORE}${missed === 0 ? ", no blind spot" : `, blind for ${missed}`}`;
  return <Field title={title} window={WINDOW} cellAt={cellAt} sentence={sentence} />;
}

/** What the logits of a network see. */
function seenBy(name: PresetName, layers: number): OffsetSet {
  const network = buildPreset(name, { picture, channels: 2, layers });
  return seesOf(network).get(network.output)![0]!;
}

/** Pixels of the picture in whose middle one stands. */
function count(set: OffsetSet): number {
  let pixels = 0;
  for (let dy = -MIDDLE; dy <= 0; dy++) {
    for (let dx = -MIDDLE; dx <= MIDDLE; dx++) if (set.has({ dy, dx, channel: 0 })) pixels++;
  }
  return pixels;
}
