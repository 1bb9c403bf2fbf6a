/**
 * How people write the ten digits: for each a few ways, each way one or two strokes, each stroke a few knots that the
 * pen passes, where a careful hand would put them. Everything that makes a picture different from the next comes later.
 *
 * Written as "x,y x,y ..." in hundredths of a box, x to the right, y down; "!" marks a corner.
 */

/** A point the pen passes, in a box of 1×1: smoothly or, at a corner, with a change of direction. */
export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}
/** What the pen draws without being lifted. */
export type Stroke = readonly Knot[];
/** One way to write a digit. */
export type Skeleton = readonly Stroke[];

const zeroRound = skeleton("62,5 30,5 6,34 5,67 27,96 63,96 92,69 95,33 74,8 50,4");
const zeroFromTheTop = skeleton("55,0 24,16 10,52 22,88 50,100 80,85 90,48 78,14 50,1");
const zeroOverlapping = skeleton("50,2 18,20 5,60 26,95 62,96 93,62 86,20 58,3 32,13");

const oneLine = skeleton("54,0 46,100");
const oneStraight = skeleton("54,0 50,50 46,100");
const oneWithFlag = skeleton("20,26 42,14 58,0! 57,50 55,100");
const oneWithBase = skeleton("22,24 54,0! 53,50 52,98", "20,99 52,98 86,97");

const twoPlain = skeleton("10,22 40,1 78,8 86,32 60,63 6,97! 50,95 96,96");
const twoWithLoop = skeleton("12,18 42,0 80,12 78,42 48,78 16,97 2,86 18,75 48,89 74,100 100,88");

const threeRound = skeleton("10,14 45,0 82,16 74,38 36,47! 78,53 94,75 68,97 32,99 2,86");
const threeFlatTop = skeleton("8,5 50,3 88,2! 66,22 42,42! 82,52 92,77 60,99 4,90");

const fourOpen = skeleton("28,0 16,30 6,60! 50,58 98,54", "76,22 72,60 67,100");
const fourClosed = skeleton("68,1 36,34 2,67! 50,67 99,65", "69,0 67,50 65,100");
const fourRounded = skeleton("12,0 6,28 16,47 50,50 84,38", "88,0 84,45 78,100");

const fiveWithHat = skeleton("24,4 20,22 15,43! 50,36 88,52 90,78 60,98 28,99 2,87", "23,4 58,4 95,0");
const fiveInOneGo = skeleton("94,3 60,2 28,5! 22,24 20,42! 55,39 88,58 82,85 50,100 4,93");

const sixCurved = skeleton("78,1 42,16 12,48 7,78 34,99 74,95 92,73 72,53 40,55 12,74");
const sixStraight = skeleton("56,0 28,30 10,66 20,93 50,100 82,87 78,65 50,57 18,70");

const sevenPlain = skeleton("4,7 50,5 94,3! 66,46 42,100");
const sevenWithBar = skeleton("6,6 50,5 92,4! 66,45 46,100", "26,53 58,50 90,47");
const sevenWithHook = skeleton("6,22 10,5! 50,7 94,3! 62,50 50,100");

const eightInOneGo = skeleton("80,13 50,0 19,14 28,38 64,54 91,77 62,99 24,97 8,76 34,54 70,37 84,20 74,6");
const eightOfTwoLoops = skeleton("52,46 22,31 26,6 60,1 82,20 50,46 16,62 10,88 48,100 86,87 84,62 50,45");
const eightWithTail = skeleton("98,6 50,2 18,16 30,40 66,58 82,82 50,100 20,86 36,60 66,38 92,10");

const nineStraight = skeleton("84,18 54,1 16,12 8,35 34,51 70,42 88,12! 83,55 76,100");
const nineCurved = skeleton("86,22 56,1 16,10 8,36 36,52 74,42 88,17! 90,50 74,86 42,100 10,92");

/** The ways to write each digit 0 ... 9; a way that stands twice is twice as common. */
export const SKELETONS: readonly (readonly [Skeleton, ...Skeleton[]])[] = [
  [zeroRound, zeroFromTheTop, zeroOverlapping],
  [oneLine, oneStraight, oneWithFlag, oneWithFlag, oneWithBase],
  [twoPlain, twoPlain, twoWithLoop],
  [threeRound, threeRound, threeFlatTop],
  [fourOpen, fourClosed, fourRounded],
  [fiveWithHat, fiveInOneGo],
  [sixCurved, sixStraight],
  [sevenPlain, sevenPlain, sevenWithBar, sevenWithHook],
  [eightInOneGo, eightInOneGo, eightOfTwoLoops, eightWithTail],
  [nineStraight, nineCurved],
];

function skeleton(...strokes: readonly string[]): Skeleton {
  return strokes.map((stroke) => stroke.split(" ").map(knot));
}

function knot(text: string): Knot {
  const [x, y] = text.split(",");
  return { x: Number(x) / 100, y: Number.parseInt(y!, 10) / 100, corner: text.endsWith("!") };
}
