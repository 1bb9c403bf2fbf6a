/** How fast pictures grow on the screen, in positions a second of every picture; the last one as fast as they are drawn. */
export const speeds = [1, 4, 16, 64, 256, 1024, Number.POSITIVE_INFINITY] as const;

export const DEFAULT_SPEED = 3;

export function speedLabel(speed: number): string {
  return speed === Number.POSITIVE_INFINITY ? "at full speed" : `${speed}/s`;
}
