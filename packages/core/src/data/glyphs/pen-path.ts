/**
 * A smooth line through knots: a centripetal Catmull-Rom spline, sampled to a polyline. Centripetal, for it makes
 * neither loops nor cusps where knots lie unevenly, and jittered knots always do.
 *
 *     t_{i+1} = t_i + |p_{i+1} - p_i|^(1/2)
 *     tangent at p_1 over the span p_1 ... p_2, with d_ij = t_j - t_i:
 *         m = d_12·((p_1 - p_0)/d_01 - (p_2 - p_0)/d_02 + (p_2 - p_1)/d_12)
 *
 * Yuksel, Schaefer & Keyser 2011, "Parameterization and applications of Catmull-Rom curves". Only + - × ÷ and square
 * roots, which every engine rounds alike: the same seed draws the same bytes everywhere.
 */

/** A point of a pen's path; `width` is relative to the width of the pen. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A knot of a pen's path. At a corner the path changes direction. */
export interface PenKnot extends PenPoint {
  readonly corner: boolean;
}

const STEPS_PER_SPAN = 6;

/** The polyline through `knots`; widths change linearly from knot to knot. */
export function penPath(knots: readonly PenKnot[]): PenPoint[] {
  const path: PenPoint[] = [knots[0]!];
  for (let i = 0; i + 1 < knots.length; i++) {
    const from = knots[i]!;
    const to = knots[i + 1]!;
    const before = i === 0 || from.corner ? mirrored(to, from) : knots[i - 1]!;
    const after = i + 2 === knots.length || to.corner ? mirrored(from, to) : knots[i + 2]!;
    addSpan(path, before, from, to, after);
  }
  return path;
}

/** Where a path that ends at `end` would have gone on: straight ahead. */
function mirrored(other: PenPoint, end: PenPoint): PenPoint {
  return { x: 2 * end.x - other.x, y: 2 * end.y - other.y, width: end.width };
}

function addSpan(path: PenPoint[], p0: PenPoint, p1: PenPoint, p2: PenPoint, p3: PenPoint): void {
  const d01 = parameterStep(p0, p1);
  const d12 = parameterStep(p1, p2);
  const d23 = parameterStep(p2, p3);
  const tangent = (a: number, b: number, c: number, dab: number, dbc: number) =>
    d12 * ((b - a) / dab - (c - a) / (dab + dbc) + (c - b) / dbc);
  const m1x = tangent(p0.x, p1.x, p2.x, d01, d12);
  const m1y = tangent(p0.y, p1.y, p2.y, d01, d12);
  const m2x = tangent(p1.x, p2.x, p3.x, d12, d23);
  const m2y = tangent(p1.y, p2.y, p3.y, d12, d23);
  for (let step = 1; step <= STEPS_PER_SPAN; step++) {
    const t = step / STEPS_PER_SPAN;
    const rest = 1 - t;
    // Hermite basis
    const a = rest * rest * (1 + 2 * t);
    const b = t * t * (3 - 2 * t);
    const c = t * rest * rest;
    const d = -t * t * rest;
    path.push({
      x: a * p1.x + b * p2.x + c * m1x + d * m2x,
      y: a * p1.y + b * p2.y + c * m1y + d * m2y,
      width: rest * p1.width + t * p2.width,
    });
  }
}

/** Never 0, so that knots on one spot divide nothing by zero. */
function parameterStep(a: PenPoint, b: PenPoint): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return Math.max(Math.sqrt(Math.sqrt(dx * dx + dy * dy)), 1e-3);
}
