import { type Matrix, matrix } from "../math/matrix.js";
import type { WeightTree } from "../math/weights.js";
import type { Decoder } from "../models/decoder.js";
import { beginnings, checkLogits, type Hypothesis, logTotal, type WritingOptions } from "./hypothesis.js";
import { selectRows } from "./select-rows.js";

/** A text that grows, without a look back: what has been chosen is never taken back. */
interface Draft {
  readonly tokens: number[];
  readonly attention: number[][];
  finished: boolean;
  logProbability: number;
}

/**
 * Writes one text for each row of the decoder's initial state. All that are not finished are written on together.
 *
 * @param choose one token for each row of logits, N×V
 */
export function write<S extends WeightTree>(
  name: string,
  decoder: Decoder<S>,
  options: WritingOptions,
  choose: (logits: Matrix) => Int32Array,
): Hypothesis[] {
  let ids = beginnings(name, decoder.initialState, options);
  let state = decoder.initialState;
  const drafts = Array.from(ids, (): Draft => ({ tokens: [], attention: [], finished: false, logProbability: 0 }));
  let live = drafts;
  for (let n = 0; n < options.maxLength && live.length > 0; n++) {
    const step = decoder.step(state, ids);
    checkLogits(name, step.logits, live.length);
    const chosen = choose(step.logits);
    live.forEach((draft, i) => {
      const token = chosen[i]!;
      draft.tokens.push(token);
      draft.logProbability += step.logits.at(i, token) - logTotal(step.logits, i);
      draft.finished = token === options.end;
      if (step.attention) draft.attention.push(step.attention.rowRange(i, i + 1).toRows()[0]!);
    });
    const unfinished = [...live.keys()].filter((i) => !live[i]!.finished);
    const isWhole = unfinished.length === live.length;
    live = unfinished.map((i) => live[i]!);
    ids = Int32Array.from(unfinished, (i) => chosen[i]!);
    state = isWhole ? step.state : selectRows(step.state, unfinished);
  }
  return drafts.map(({ attention, ...draft }) => ({
    ...draft,
    attention: attention.length > 0 ? matrix(attention) : undefined,
  }));
}
