"use client";
/** The same random numbers under one class after another. */
import { useMemo } from "react";
import { Choice } from "../../../components/controls/choice.tsx";
import { PictureWall } from "../../../components/pictures/picture-wall.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import { useModel } from "../../../state/models/use-model.ts";
import { usePlayback } from "../../../state/playback/use-playback.ts";
import styles from "./classes-figure.module.css";

const COUNT = 8;
const SEED = 3;
const DIGITS = Array.from({ length: 10 }, (_, digit) => ({ value: String(digit), text: String(digit) }));

const state = { wish: parseAsWhole(0, 9).withDefault(7) };

export function ClassesFigure() {
  const [{ wish }, setState] = useAddress(state);
  const { entry, problem } = useModel("glyphs");
  const request = useMemo(
    () => ({ count: COUNT, seed: SEED, temperature: 1, labels: Array.from({ length: COUNT }, () => wish) }),
    [wish],
  );
  const playback = usePlayback(entry, request, { pace: "whole" });
  return (
    <div className={styles.bench}>
      <Choice
        label="Draw a"
        value={String(wish)}
        options={DIGITS}
        onChange={(value) => void setState({ wish: Number(value) })}
      />
      <div className={styles.wall}>
        {problem ?? (
          <PictureWall playback={playback} columns={COUNT} label={`${COUNT} pictures of the class ${wish}`} />
        )}
      </div>
    </div>
  );
}
