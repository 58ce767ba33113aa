import { checkLengths } from "../math/lengths.js";
import type { Random } from "../math/random.js";
import type { Asking } from "./encoder-decoder-walk.js";
import type { SequencePairs, TargetVocabulary } from "./sequence-pairs.js";

/** @throws when the vocabulary has no token to begin and to end with */
export function checkVocabulary(
  { size, special }: TargetVocabulary,
  name = "encoderDecoder",
): { begin: number; end: number } {
  const { begin, end } = special;
  if (begin === undefined || end === undefined) {
    throw new RangeError(
      `${name}: the vocabulary has no ${begin === undefined ? "begin" : "end"} token: a text that is written needs a token to begin and one to end with`,
    );
  }
  for (const [which, id] of Object.entries({ begin, end })) {
    if (!(Number.isInteger(id) && id >= 0 && id < size)) {
      throw new RangeError(`${name}: the ${which} token is ${id}, expected a whole number from 0 to ${size - 1}`);
    }
  }
  if (begin === end) {
    throw new RangeError(`${name}: token ${begin} both begins and ends a text, expected two different ones`);
  }
  return { begin, end };
}

interface Sizes {
  readonly querySize: number;
  readonly memorySize: number;
}

/** @throws when encoder, decoder and attention do not fit together */
export function checkParts(
  encoder: { readonly outputSize: number },
  decoder: { readonly inputSize: number; readonly hiddenSize: number },
  { attention, asks = "before" }: { attention: Sizes | undefined; asks?: Asking },
  name = "encoderDecoder",
): void {
  if (!attention) {
    if (asks === "before") return;
    throw new RangeError(
      `${name}: asks is "after" but there is no attention to ask: make the model with { attention }`,
    );
  }
  const { querySize, memorySize } = attention;
  if (querySize !== decoder.hiddenSize || memorySize !== encoder.outputSize) {
    throw new RangeError(
      `${name}: the attention was made for querySize ${querySize} and memorySize ${memorySize}, ` +
        `expected the decoder's hiddenSize ${decoder.hiddenSize} and the encoder's outputSize ${encoder.outputSize}`,
    );
  }
  if (asks === "before" && decoder.inputSize <= memorySize) {
    throw new RangeError(
      `${name}: the decoder's inputSize is ${decoder.inputSize}, expected more than ${memorySize}: it reads a context of ${memorySize} numbers and an embedding beside it`,
    );
  }
}

/** @throws when there is no pair, one has no partner, lengths do not fit, a token is unknown, or a target does not begin and end as it must */
export function checkPairs(
  { source, sourceLengths, target, targetLengths }: SequencePairs,
  { size, begin, end }: { size: number; begin: number; end: number },
): void {
  if (source.batch !== target.batch || source.batch === 0 || source.steps === 0 || target.steps < 2) {
    throw new RangeError(
      `encoderDecoder: the sources are ${source.steps}×${source.batch} and the targets ${target.steps}×${target.batch} tokens, ` +
        "expected one target for each source, at least one pair, a source of at least one token, and a target of at least begin and end",
    );
  }
  if (sourceLengths) checkLengths("encoderDecoder: sources", sourceLengths, source.steps, source.batch);
  if (targetLengths) checkLengths("encoderDecoder: targets", targetLengths, target.steps, target.batch);
  const unknown = target.ids.findIndex((id) => id >= size);
  if (unknown >= 0) {
    const [step, which] = [Math.floor(unknown / target.batch), unknown % target.batch];
    throw new RangeError(
      `encoderDecoder: token ${target.ids[unknown]} at step ${step} of target ${which} is not in the vocabulary, expected 0 … ${size - 1}`,
    );
  }
  for (let i = 0; i < target.batch; i++) {
    const last = (targetLengths?.[i] ?? target.steps) - 1;
    const [first, final] = [target.at(0)[i], target.at(last)[i]];
    if (first !== begin) {
      throw new RangeError(
        `encoderDecoder: target ${i} begins with token ${first}, expected the begin token ${begin} in front of each target`,
      );
    }
    if (final !== end) {
      throw new RangeError(
        `encoderDecoder: the last token of target ${i} is ${final} (step ${last}), expected the end token ${end}: ` +
          "put it behind each target, and give targetLengths where targets are padded",
      );
    }
  }
}

/** @throws when the probability is none, or there is nothing to draw from */
export function checkSampling(rate: number, random: Random | undefined): void {
  if (!(rate >= 0 && rate <= 1)) {
    throw new RangeError(`encoderDecoder: sampling is ${rate}, expected a probability from 0 to 1`);
  }
  if (rate > 0 && !random) {
    throw new RangeError(`encoderDecoder: sampling is ${rate} but there is no random to draw from: pass { random }`);
  }
}
