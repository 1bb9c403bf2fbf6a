/**
 * 64 sprites that nobody drew, in twelve colours: of each of four heads 16 of the 64 ways to give it a hat, a body and feet. Every time one is
 * read it takes another pose: its colours, its eyes and its mouth, what it holds and what its breast shows, how high it jumps.
 *
 *     of the 16 of a head     12 for training, 2 for validation, 2 for testing
 *
 * So what is tested on has parts that training knows, put together as it never saw them.
 */
import { Purpose, uniform } from "../../random/noise.ts";
import { checkRead, type Dataset, type Split } from "../dataset.ts";
import { drawSprite, EMBLEM_BITS, type Pose, SPRITE_SIDE, type Sprite } from "./draw-sprite.ts";
import { CLOTHS, SPRITE_PALETTE } from "./sprite-palette.ts";
import { BODIES, EYES, FEET, HATS, HEADS, MOUTHS, TOOLS } from "./sprite-parts.ts";

/** Sprites of a head for each part of the set. */
const TRAIN = 12;
const HELD_OUT = 2;
/** Poses of every sprite in an epoch. */
const POSES = 16;
/** One hand for all epochs and parts. */
const SEED = 0;
/** First index of the poses of each part, far from the others: 2^20 pictures of validation and of testing, then of training. */
const FIRST = { validation: 0, test: 2 ** 20, train: 2 ** 21 } as const;
/** First number of a pose's noise, after that of the choice of sprites. */
const POSE_NOISE = 1024;

/**
 * 16×16, levels that are numbers of twelve colours, four classes. `train.atEpoch` has fresh poses of the same 48 sprites for every epoch;
 * validation and test have 16 poses each of eight sprites that training never draws.
 */
export function spritesDataset(): Dataset {
  const chosen = HEADS.map((_, head) => chooseSprites(head));
  const part = (from: number, to: number) => interleave(chosen.map((sprites) => sprites.slice(from, to)));
  const trained = part(0, TRAIN);
  const atEpoch = (epoch: number): Split => {
    if (!Number.isSafeInteger(epoch) || epoch < 1) {
      throw new RangeError(`expected an epoch that is a whole number from 1, got ${epoch}`);
    }
    return posesOf(trained, FIRST.train + (epoch - 1) * trained.length * POSES);
  };
  return {
    name: "sprites",
    height: SPRITE_SIDE,
    width: SPRITE_SIDE,
    channels: 1,
    levels: SPRITE_PALETTE.length,
    unordered: true,
    palette: SPRITE_PALETTE,
    classes: HEADS.length,
    classNames: HEADS.map(({ name }) => name),
    train: { ...atEpoch(1), atEpoch },
    validation: posesOf(part(TRAIN, TRAIN + HELD_OUT), FIRST.validation),
    test: posesOf(part(TRAIN + HELD_OUT, TRAIN + 2 * HELD_OUT), FIRST.test),
  };
}

/** The ways to dress a head in an order of its own; the first 16 are of the set. */
function chooseSprites(head: number): Sprite[] {
  const ways = HATS.flatMap((_, hat) =>
    BODIES.flatMap((_, body) => FEET.map((_, feet) => ({ head, hat, body, feet }))),
  );
  // Fisher-Yates from the front: after step i, ways[i] is final.
  for (let i = 0; i < TRAIN + 2 * HELD_OUT; i++) {
    const chosen = i + Math.floor(uniform(SEED, head, i, Purpose.glyph, 0, 0) * (ways.length - i));
    [ways[i], ways[chosen]] = [ways[chosen]!, ways[i]!];
  }
  return ways;
}

/** One of each list after the other, so that every few pictures in a row have all heads. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  return lists[0]!.flatMap((_, i) => lists.map((list) => list[i]!));
}

function posesOf(sprites: readonly Sprite[], first: number): Split {
  const length = sprites.length * POSES;
  return {
    length,
    read(index, target, offset) {
      checkRead(index, length, target, offset, SPRITE_SIDE * SPRITE_SIDE);
      const sprite = sprites[index % sprites.length]!;
      drawSprite(sprite, poseAt(first + index), target, offset);
      return sprite.head;
    },
  };
}

/** The pose of picture `index` of all. */
function poseAt(index: number): Pose {
  let element = POSE_NOISE;
  const pick = (count: number) => Math.floor(uniform(SEED, index, element++, Purpose.glyph, 0, 0) * count);
  const main = pick(CLOTHS);
  // One of the others.
  const trim = (main + 1 + pick(CLOTHS - 1)) % CLOTHS;
  return {
    colours: { main, trim },
    eyes: pick(EYES.length),
    mouth: pick(MOUTHS.length),
    tool: pick(TOOLS.length),
    emblem: pick(2 ** EMBLEM_BITS),
    isLeftHanded: pick(2) === 1,
    isUp: pick(2) === 1,
  };
}
