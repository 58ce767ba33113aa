import { checkCount } from "../math/check-options.js";
import { Tokens } from "../math/tokens.js";
import { type Collection, collection } from "./collection.js";

/**
 * One long text cut into streams that are read side by side, for a language model that carries its state.
 *
 * The text is cut into B equal streams, and these into windows of T tokens. Example k is window k of all streams, T×B:
 * in each stream, window k + 1 goes on where window k ended. So taken one by one and in order, the state after an example
 * is the initial state of the next. The target of a token is the one that follows it.
 *
 * @param ids the text as token numbers
 * @param batch B, how many streams, ≥ 1
 * @param steps T, how many tokens are read at a time, ≥ 1
 * @returns batches of `x` T×B and `targets` T×B; several examples at once stand side by side, T×(B·n). Up to
 *   B·T + B − 1 tokens at the ends of the streams are left over
 * @throws when the text is too short for one window in each stream, a token is not a whole number ≥ 0, or a size is not
 *   a whole number ≥ 1
 *
 * @example
 * const text = characterVocabulary("abcdefghi");
 * const stream = languageModelStream(text.encode("abcdefghi"), { batch: 2, steps: 2 });
 * const { x, targets } = stream.batch([0]); // x: ab and ef, targets: bc and fg
 */
export function languageModelStream(
  ids: ArrayLike<number>,
  { batch, steps }: { batch: number; steps: number },
): Collection<{ x: Tokens; targets: Tokens }> {
  checkCount("languageModelStream", "batch", batch, 1);
  checkCount("languageModelStream", "steps", steps, 1);
  // the last token of all is only a target
  const perStream = Math.floor((ids.length - 1) / batch);
  const windows = Math.floor(perStream / steps);
  if (windows < 1) {
    throw new RangeError(
      `languageModelStream: ${ids.length} tokens are too few, ${batch} streams of ${steps} steps need ${batch * steps + 1}`,
    );
  }
  const text = Int32Array.from(ids);
  const odd = text.findIndex((id, i) => id !== ids[i] || id < 0);
  if (odd >= 0) {
    throw new RangeError(`languageModelStream: token ${odd} is ${ids[odd]}, expected a whole number ≥ 0`);
  }
  return collection(
    "languageModelStream",
    windows,
    (window) => window * steps,
    () => steps,
    (starts) => {
      const B = batch * starts.length;
      const window = (ahead: number) => {
        const tokens = new Int32Array(steps * B);
        for (let t = 0, p = 0; t < steps; t++) {
          for (const start of starts) {
            for (let stream = 0; stream < batch; stream++) tokens[p++] = text[stream * perStream + start + t + ahead]!;
          }
        }
        return new Tokens(steps, B, tokens);
      };
      return { x: window(0), targets: window(1) };
    },
  );
}
