/**
 * Muon: what changes a matrix of weights is its momentum made orthogonal, so that every direction of the matrix moves alike, the many weak ones too, which
 * Adam leaves behind.
 *
 *     m ← β₁m + (1 - β₁)g         u = β₁m + (1 - β₁)g         W ← W - η · 0.2·sqrt(max(rows, columns)) · orthogonal(u)
 *
 * with m and g those of Adam, clipping included. Jordan et al. 2024, https://kellerjordan.github.io/posts/muon; the factor, which makes a change as large as one of
 * Adam's, so that one learning rate does for both, is of Liu et al. 2025, arXiv:2502.16982, section 2.2. Weights of the logits, tables, biases and scales
 * stay Adam's.
 */
import type { FlatLayout } from "./flat-layout.ts";
import { type MatrixSlot, matricesOf } from "./matrix-slots.ts";

/** How large a change of a weight is, root of the mean square, at learning rate 1. */
const CHANGE = 0.2;

/** Steps of the Newton–Schulz iteration, and its polynomial a·x + b·x³ + c·x⁵, which brings singular values to 0.7 … 1.2. */
const ITERATIONS = 5;
const [A, B, C] = [3.4445, -4.775, 2.0315] as const;

/** Of a norm of 0 too something is left to divide by. */
const LEAST_NORM = 1e-7;

/** What the iteration needs of matrices, whoever computes them. */
export interface MatrixAlgebra<Matrix> {
  /** X·Yᵀ, or X·Y. */
  product(x: Matrix, y: Matrix, transposeRight: boolean): Matrix;
  add(x: Matrix, y: Matrix): Matrix;
  scale(x: Matrix, factor: number): Matrix;
  transpose(x: Matrix): Matrix;
  /** X / max(|X|, least), of Frobenius's norm. */
  normalise(x: Matrix, least: number): Matrix;
}

/** The matrices that Muon changes, in the order of the flat vector. */
export function muonsMatrices(layout: FlatLayout): MatrixSlot[] {
  return matricesOf(layout).filter(({ node }) => node !== layout.network.output);
}

/** By what the orthogonal matrix is multiplied, besides the learning rate. */
export function changeScale({ rows, columns }: MatrixSlot): number {
  return CHANGE * Math.sqrt(Math.max(rows, columns));
}

/** U·Vᵀ of a matrix U·S·Vᵀ [rows, columns], nearly: its singular values are 0.7 … 1.2. */
export function orthogonal<Matrix>(
  algebra: MatrixAlgebra<Matrix>,
  matrix: Matrix,
  { rows, columns }: MatrixSlot,
): Matrix {
  const { product, add, scale, transpose, normalise } = algebra;
  const isTall = rows > columns; // the iteration's squares are of the shorter side
  let x = normalise(isTall ? transpose(matrix) : matrix, LEAST_NORM);
  for (let i = 0; i < ITERATIONS; i++) {
    const square = product(x, x, true);
    const polynomial = add(scale(square, B), scale(product(square, square, false), C));
    x = add(scale(x, A), product(polynomial, x, false));
  }
  return isTall ? transpose(x) : x;
}
