/** The article. Its text is in the file that the server sends; the figures come with their own code. */
import { Contents } from "./contents.tsx";
import styles from "./explain.module.css";
import { italic } from "./italic-font.ts";
import { AttentionText } from "./text/attention.tsx";
import { BitsText } from "./text/bits.tsx";
import { BlindSpotText } from "./text/blind-spot.tsx";
import { ClassesText } from "./text/classes.tsx";
import { ColourText } from "./text/colour.tsx";
import { GateText } from "./text/gate.tsx";
import { HiddenText } from "./text/hidden.tsx";
import { MaskText } from "./text/mask.tsx";
import { MixtureText } from "./text/mixture.tsx";
import { RecurrenceText } from "./text/recurrence.tsx";
import { SequenceText } from "./text/sequence.tsx";
import { SourcesText } from "./text/sources.tsx";
import { SpeedText } from "./text/speed.tsx";

export function Explain() {
  return (
    <div className={`${styles.article} ${italic.variable}`}>
      <Contents />
      <div className={styles.text}>
        <SequenceText />
        <MaskText />
        <HiddenText />
        <ColourText />
        <BlindSpotText />
        <GateText />
        <ClassesText />
        <BitsText />
        <MixtureText />
        <RecurrenceText />
        <AttentionText />
        <SpeedText />
        <SourcesText />
      </div>
    </div>
  );
}
