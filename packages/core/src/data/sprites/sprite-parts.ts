/**
 * What sprites are put together of: left halves, eight columns wide, that are mirrored. Letters are colours (sprite-palette.ts), `.` is
 * nothing. A head says what somebody is, the rest can be anybody's.
 */

/** Rows of a drawing, from the top. */
export type Drawing = readonly string[];

/** Four rows. */
export const HATS: readonly Drawing[] = [
  ["........", "........", "........", "......##"],
  [".......#", "......#T", ".....#TT", "..##TTTT"],
  ["........", "...#..##", "...T##TT", "...TTTTT"],
  ["..#.....", "..W#....", "...W#...", "....##.."],
];

/** Five rows, each kind with its name. */
export const HEADS: readonly { readonly name: string; readonly drawing: Drawing }[] = [
  { name: "folk", drawing: ["...#####", "..#SSSSS", "..#SSSSS", "..#SSSSS", "...#SSSS"] },
  { name: "robot", drawing: [".#######", ".#MMMMMM", ".#MMMMMM", ".#mmmmmm", "..######"] },
  { name: "ghost", drawing: ["....####", "..##WWWW", ".#WWWWWW", ".#WWWWWW", ".#mWWWWW"] },
  { name: "beast", drawing: [".##..###", ".#T##mmm", ".#mmmmmm", ".#mmmmmm", "..#mmTTT"] },
];

/** Four rows. */
export const BODIES: readonly Drawing[] = [
  ["..#MMMMM", ".#SMMMMM", ".#SmMMMM", "..#mmmmm"],
  [".##TTTTT", "#TT#MMMM", "#tt#MMMM", ".##mTTTT"],
  ["....#MMM", "...#MMTT", "...#mMTT", "....#mmm"],
  ["..#MMMMM", ".#MMTTTT", ".#mMTTTT", "..#mmttt"],
];

/** Two rows. */
export const FEET: readonly Drawing[] = [
  ["....#mm#", "...####."],
  [".#mmmmmm", ".#######"],
  ["...#tt#.", "..#tTT#."],
  ["..#m#mm#", "...#.##."],
];

/** Over the second and third row of a head; blanks leave it as it is. */
export const EYES: readonly Drawing[] = [
  ["        ", "     #  "],
  ["     WW ", "     W# "],
  ["        ", "    ##  "],
  ["    #   ", "     #W "],
];

/** Over the fourth row of a head. */
export const MOUTHS: readonly Drawing[] = [["        "], ["       #"], ["      WW"]];

/** Beside the body, one column wide, where nothing else is; not mirrored. */
export const TOOLS: readonly Drawing[] = [
  [".", ".", ".", ".", ".", ".", ".", "."],
  ["#", "W", "W", "W", "W", "T", "#", "."],
  ["T", "t", "#", "#", "#", "#", "#", "#"],
];
