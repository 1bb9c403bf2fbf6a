// Four-lane building blocks.

/** a·b + c: one rounding where relaxed SIMD is compiled in, two elsewhere. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Lane 0 in every lane; spread1 to spread3 likewise. */
// @ts-ignore: decorator
@inline
export function spread0(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 0, 0, 0, 0);
}

// @ts-ignore: decorator
@inline
export function spread1(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 1, 1, 1, 1);
}

// @ts-ignore: decorator
@inline
export function spread2(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 2, 2, 2, 2);
}

// @ts-ignore: decorator
@inline
export function spread3(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 3, 3, 3, 3);
}

/** (a0, b0, a1, b1) */
// @ts-ignore: decorator
@inline
export function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}

/** (a2, b2, a3, b3) */
// @ts-ignore: decorator
@inline
export function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

/** (a0, a1, b0, b1) */
// @ts-ignore: decorator
@inline
export function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}

/** (a2, a3, b2, b3) */
// @ts-ignore: decorator
@inline
export function highHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 3, 6, 7);
}

/** All bits set in the first `count` (1 to 4) lanes. */
// @ts-ignore: decorator
@inline
export function firstLanes(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}

/** The first `count` (1 to 4) floats at `from`, `stride` bytes apart; the other lanes repeat the first. */
export function gather(from: usize, stride: usize, count: i32): v128 {
  if (stride == 4 && count == 4) return v128.load(from);
  let lanes = v128.load32_splat(from);
  if (count > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(from + stride));
  if (count > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(from + 2 * stride));
  if (count > 3) lanes = f32x4.replace_lane(lanes, 3, load<f32>(from + 3 * stride));
  return lanes;
}

/** Stores the first `count` (1 to 4) lanes at `to`, `stride` bytes apart. */
export function scatter(to: usize, stride: usize, lanes: v128, count: i32): void {
  if (stride == 4 && count == 4) {
    v128.store(to, lanes);
    return;
  }
  store<f32>(to, f32x4.extract_lane(lanes, 0));
  if (count > 1) store<f32>(to + stride, f32x4.extract_lane(lanes, 1));
  if (count > 2) store<f32>(to + 2 * stride, f32x4.extract_lane(lanes, 2));
  if (count > 3) store<f32>(to + 3 * stride, f32x4.extract_lane(lanes, 3));
}
