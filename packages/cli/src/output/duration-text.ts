/** A length of time: "2:10", "1:02:10", "1 d 12 h". */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [s, m, h] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3600)];
  if (h >= 24) return `${Math.floor(h / 24)} d ${h % 24} h`;
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Minutes as `--time` takes them, to a second or more: "40s", "1h30m". */
export function timeText(minutes: number): string {
  const seconds = Math.max(1, Math.ceil(60 * minutes - 1e-6));
  const parts = { d: Math.floor(seconds / 86_400), h: Math.floor(seconds / 3600) % 24 };
  const all = { ...parts, m: Math.floor(seconds / 60) % 60, s: seconds % 60 };
  return Object.entries(all)
    .map(([unit, count]) => (count === 0 ? "" : `${count}${unit}`))
    .join("");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
