/** A run that is to go on, and a length that it has already: it would end at once, and say that it is finished. */
import type { TrainingState } from "@pixelcnn/core/training";
import { CliError } from "../cli-error.ts";
import { timeText } from "../output/duration-text.ts";
import type { TrainSettings } from "../settings/train-settings.ts";

type Length = Pick<TrainSettings, "epochs" | "steps" | "minutes">;

/**
 * Lets a run go on to its own length, also when only its last evaluation is missing, and to any that it has not had.
 *
 * @param had the run's own settings.
 * @param state where it goes on.
 * @throws {CliError} when it has had as much already.
 */
export function refusePassed(
  directory: string,
  wanted: Length,
  had: Length,
  state: Pick<TrainingState, "step" | "epoch" | "elapsedMs">,
): void {
  // The state's epoch is one that is not over, or not measured yet.
  const has = { epochs: state.epoch - 1, steps: state.step, minutes: state.elapsedMs / 60_000 };
  for (const unit of ["epochs", "steps", "minutes"] as const) {
    const length = wanted[unit];
    if (length === undefined || length === had[unit] || length > has[unit]) continue;
    const [amount, flag] =
      unit === "minutes"
        ? [`${timeText(has.minutes)} of training`, `--time ${timeText(length)}`]
        : [
            `${has[unit].toLocaleString("en")} ${has[unit] === 1 ? unit.slice(0, -1) : unit}`,
            `--${unit} ${length}`,
          ];
    throw new CliError(`${directory} has ${amount} already, got ${flag}; give more, or leave it out`);
  }
}
