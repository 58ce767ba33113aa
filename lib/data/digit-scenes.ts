import { integer, type Random } from "../math/random.js";
import { drawn } from "./collection.js";
import type { Images } from "./images.js";
import { type CaptionedPicture, Picture } from "./picture.js";

/** Two digits, or three of which one has a neighbour beside and one above or below it. */
export interface DigitScene extends CaptionedPicture {
  /** What is seen, in the order of the sentence. */
  readonly digits: readonly number[];
  /** Where each digit's upper left corner is, in pixels; a digit is 14×14. */
  readonly corners: readonly { readonly top: number; readonly left: number }[];
}

const NAMES = ["a zero", "a one", "a two", "a three", "a four", "a five", "a six", "a seven", "an eight", "a nine"];
const DIGIT = 14; //   pixels of a digit, across and down: half of MNIST's
const PLACE = 16; //   pixels of each of the 2×2 places of a scene
const SIDE = 2 * PLACE;

/** Where the digits stand that the sentence names, [row, column] of 2×2 places, and what stands between their names. */
interface Arrangement {
  readonly places: readonly (readonly [row: number, column: number])[];
  readonly relations: readonly string[];
}

const pairs = [0, 1].flatMap((k): Arrangement[] => [
  {
    places: [
      [k, 0],
      [k, 1],
    ],
    relations: ["left of"],
  },
  {
    places: [
      [0, k],
      [1, k],
    ],
    relations: ["above"],
  },
]);
const corners = [0, 1].flatMap((row) =>
  [0, 1].map(
    (column): Arrangement => ({
      places: [
        [row, column],
        [row, 1 - column],
        [1 - row, column],
      ],
      relations: [column === 0 ? "left of" : "right of", row === 0 ? ", above" : ", below"],
    }),
  ),
);

/**
 * Scenes of handwritten digits with the sentence that says what stands where.
 *
 *     a seven left of a two | a seven above a two | a seven left of a two , above a nine | a seven right of a two , below a nine
 *
 * Of two digits the left or the upper one is named first. Of three, which form a corner, the one in the corner is named
 * first; then its neighbour beside it; then its neighbour above or below it. So each scene has one right sentence, of
 * 4,200 that there are. Digits have half their size; each stands somewhere in one of the four quarters of 32×32 pixels.
 *
 * @param digits where the digits are taken from, such as `mnist().train`: 28×28 pixels
 * @param count how many scenes, 1 … 2²¹
 * @param random gives the seed of all; scene i is then always the same
 * @returns the scenes, drawn
 * @throws when there are no digits, they are not 28×28, or the count is not a whole number ≥ 1
 *
 * @example
 * const [scene] = digitScenes(mnist().test, 10, random(1));
 * console.log(scene.caption); // such as "a seven left of a two , above a nine"
 */
export function digitScenes(digits: Images, count: number, random: Random): DigitScene[] {
  if (digits.height !== 2 * DIGIT || digits.width !== 2 * DIGIT || digits.count === 0) {
    throw new RangeError(
      `digitScenes: there are ${digits.count} digits of ${digits.height}×${digits.width}, expected some of ${2 * DIGIT}×${2 * DIGIT}: mnist().train`,
    );
  }
  const scene = drawn("digitScenes", count, random, (next) => drawScene(digits, next));
  return Array.from({ length: count }, (_, i) => scene(i));
}

function drawScene(digits: Images, next: Random): DigitScene {
  const kind = integer(next, 3) === 0 ? pairs : corners;
  const { places, relations } = kind[integer(next, kind.length)]!;
  const bytes = new Uint8Array(SIDE * SIDE);
  const shown = places.map((place) => {
    const index = integer(next, digits.count);
    const [top, left] = place.map((at) => PLACE * at + integer(next, PLACE - DIGIT + 1)) as [number, number];
    stamp(bytes, digits, index, top * SIDE + left);
    return { digit: digits.label(index), corner: { top, left } };
  });
  const names = shown.map(({ digit }) => NAMES[digit]!);
  const caption = names.reduce((sentence, name, k) => `${sentence} ${relations[k - 1]} ${name}`);
  return {
    picture: new Picture({ height: SIDE, width: SIDE, channels: 1 }, bytes),
    caption,
    digits: shown.map(({ digit }) => digit),
    corners: shown.map(({ corner }) => corner),
  };
}

/** A digit at half its size: each pixel is the mean of four. */
function stamp(bytes: Uint8Array, digits: Images, index: number, corner: number): void {
  const across = 2 * DIGIT;
  for (let row = 0; row < DIGIT; row++) {
    for (let col = 0; col < DIGIT; col++) {
      const p = index * across * across + 2 * row * across + 2 * col;
      const sum = digits.bytes[p]! + digits.bytes[p + 1]! + digits.bytes[p + across]! + digits.bytes[p + across + 1]!;
      const to = corner + row * SIDE + col;
      bytes[to] = Math.round(sum / 4);
    }
  }
}
