// Four-lane building blocks. Every helper is inlined; none touches memory outside the bytes that its caller names.

export { madd } from '../../core/kernels/vector';

/** The first `count` (1 to 4; more counts as 4) floats at `from`; lanes beyond them hold `rest`. */
// @ts-ignore: decorator
@inline
export function loadPart(from: usize, count: i32, rest: f32): v128 {
  return count >= 4 ? v128.load(from) : loadFew(from, count, rest);
}

function loadFew(from: usize, count: i32, rest: f32): v128 {
  let lanes = f32x4.splat(rest);
  lanes = f32x4.replace_lane(lanes, 0, load<f32>(from));
  if (count > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(from, 4));
  if (count > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(from, 8));
  return lanes;
}

/** Stores the first `count` (1 to 4; more counts as 4) lanes at `to`. */
// @ts-ignore: decorator
@inline
export function storePart(to: usize, lanes: v128, count: i32): void {
  if (count >= 4) v128.store(to, lanes);
  else storeFew(to, lanes, count);
}

function storeFew(to: usize, lanes: v128, count: i32): void {
  store<f32>(to, f32x4.extract_lane(lanes, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(lanes, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(lanes, 2), 8);
}

// @ts-ignore: decorator
@inline
export function sumLanes(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  );
}

// @ts-ignore: decorator
@inline
export function maxLanes(a: v128): f32 {
  return max(
    max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)),
  );
}
