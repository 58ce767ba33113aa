import { Tokens } from "./tokens.js";

/**
 * Tokens of which each is known by several numbers, its parts: T×B×K, in one buffer. Part k of token t of sequence i is
 * `parts[(t·B + i)·K + k]`. As `Tokens` they are their first parts.
 *
 * @param steps T, how many steps
 * @param batch B, how many sequences side by side
 * @param partCount K, how many parts a token has, ≥ 1
 * @param parts T·B·K whole numbers ≥ 0
 * @throws when there is no part, `parts` has another length, or holds a number below 0
 *
 * @example
 * const word = new TokenParts(1, 2, 3, Int32Array.of(7, 1, 2, 8, 1, 3)); // two words side by side, three parts each
 * console.log(word.ids); // 7, 8
 */
export class TokenParts extends Tokens {
  readonly partCount: number;
  readonly parts: Int32Array;

  constructor(steps: number, batch: number, partCount: number, parts: Int32Array) {
    super(steps, batch, firstParts(steps * batch, partCount, parts));
    this.partCount = partCount;
    this.parts = parts;
  }

  override slice(from: number, to: number): TokenParts {
    const { steps } = super.slice(from, to); // which checks the range
    const step = this.batch * this.partCount;
    return new TokenParts(steps, this.batch, this.partCount, this.parts.subarray(from * step, to * step));
  }
}

function firstParts(count: number, partCount: number, parts: Int32Array): Int32Array {
  if (!(Number.isInteger(partCount) && partCount >= 1)) {
    throw new RangeError(`TokenParts: a token has ${partCount} parts, expected a whole number ≥ 1`);
  }
  if (!(parts instanceof Int32Array) || parts.length !== count * partCount) {
    throw new RangeError(
      `TokenParts: expected an Int32Array of ${count}·${partCount} numbers, got ${parts?.length ?? parts}`,
    );
  }
  const wrong = parts.findIndex((part) => part < 0);
  if (wrong >= 0) throw new RangeError(`TokenParts: number ${wrong} is ${parts[wrong]}, expected whole numbers ≥ 0`);
  return Int32Array.from({ length: count }, (_, k) => parts[k * partCount]!);
}
