import { type Matrix, matrix } from "../math/matrix.js";
import type { WeightTree } from "../math/weights.js";
import type { Decoder } from "../models/decoder.js";
import { beginnings, checkLogits, type Hypothesis, logTotal, type WritingOptions } from "./hypothesis.js";
import { selectRows } from "./select-rows.js";

export interface BeamOptions extends WritingOptions {
  /** How many beginnings are kept at each step, ≥ 1; 1 is greedy. */
  readonly width?: number;
  /** α ≥ 0: 0 prefers short texts, as each token makes a text less probable; 0.6 … 0.7 is common in translation. */
  readonly lengthPenalty?: number;
  /** γ ≥ 0: what the second, third, … best continuation of one beginning is behind, once, twice, … in nats; 0 is the plain beam. */
  readonly siblingPenalty?: number;
}

/** A text with what it is ranked by. */
export interface ScoredHypothesis extends Hypothesis {
  /** log p / ((5 + n)/6)^α, n tokens. */
  readonly score: number;
}

/**
 * Writes several texts side by side and keeps the most probable beginnings.
 *
 * At each step all beginnings are continued by all tokens, and the `width` most probable of these stay. One that ends
 * leaves the beam and is ranked with the others that have ended:
 *
 *     score = log p(y_1 … y_n) / ((5 + n)/6)^α
 *
 * Texts of a plain beam are often children of one beginning and differ in their last tokens only. With a sibling penalty γ
 * what stays is chosen by log p − γ·k, k = 1, 2, … the place among the continuations of the same beginning. What has ended
 * is ranked without it.
 *
 * It stops when nothing that is still being written can get among the `width` best any more. The beginnings of all rows
 * are one batch at each step.
 *
 * @param decoder what writes: a beam for each row of its initial state
 * @returns for each row the best texts, the best first, at most `width`
 * @throws when an option is out of range, there is nothing to begin with, or a logit is not a number
 * @see Graves 2012, Sequence transduction with recurrent neural networks; Sutskever, Vinyals & Le 2014, section 3.2;
 *   length penalty: Wu et al. 2016, Google's neural machine translation system, equation 14; sibling penalty: Li, Monroe &
 *   Jurafsky 2016, A simple, fast diverse decoding algorithm for neural generation
 *
 * @example
 * const model = encoderDecoder(stacked(embedding(9, 4), gru(4, 8)), gru(4, 8), { size: 9, special: { begin: 1, end: 2 } });
 * const decoder = model.start(model.init(random(1)), new Tokens(3, 1, Int32Array.of(4, 5, 6)));
 * const [[best, second]] = beamSearch(decoder, { begin: 1, end: 2, maxLength: 6, width: 3, lengthPenalty: 0.6 });
 * console.log(best.score >= second.score); // true
 */
export function beamSearch<S extends WeightTree>(
  decoder: Decoder<S>,
  { width = 4, lengthPenalty = 0, siblingPenalty = 0, ...writing }: BeamOptions,
): ScoredHypothesis[][] {
  check(width, { lengthPenalty, siblingPenalty });
  const { end, maxLength } = writing;
  const begin = beginnings("beamSearch", decoder.initialState, writing);
  const penalty = (n: number) => ((5 + n) / 6) ** lengthPenalty;
  const scoreOf = ({ logProbability, length }: Path) => logProbability / penalty(length);
  const beams = Array.from(begin, (token): Beam => ({ live: [{ token, length: 0, logProbability: 0 }], ended: [] }));

  let state = decoder.initialState;
  for (let n = 1; n <= maxLength; n++) {
    const live = beams.flatMap((beam) => beam.live);
    if (live.length === 0) break;
    const step = decoder.step(
      state,
      Int32Array.from(live, ({ token }) => token),
    );
    checkLogits("beamSearch", step.logits, live.length);
    const parents: number[] = [];
    let row = 0;
    for (const beam of beams) {
      const best = bestContinuations(beam.live, step.logits, row, { width, siblingPenalty });
      row += beam.live.length;
      const paths = best.map((continued) => pathOf(continued, live, step.attention));
      const isLast = n === maxLength;
      beam.ended.push(...paths.filter(({ token }) => isLast || token === end));
      beam.ended.sort((a, b) => scoreOf(b) - scoreOf(a));
      const open = isLast ? [] : best.map((_, k) => k).filter((k) => paths[k]!.token !== end);
      // log p only falls from here, and the penalty that divides it is largest at the greatest length
      const promise = Math.max(...open.map((k) => paths[k]!.logProbability)) / penalty(maxLength);
      const rival = beam.ended[width - 1];
      const isOver = rival !== undefined && scoreOf(rival) >= promise;
      beam.live = isOver ? [] : open.map((k) => paths[k]!);
      if (!isOver) parents.push(...open.map((k) => best[k]!.row));
    }
    state = selectRows(step.state, parents);
  }
  return beams.map(({ ended }) => ended.slice(0, width).map((path) => unwound(path, scoreOf(path), end)));
}

/** A text as its last token and the way to it: beginnings that are shared are kept once. */
interface Path {
  readonly token: number;
  readonly length: number;
  readonly logProbability: number;
  readonly before?: Path;
  readonly attention?: number[] | undefined;
}

interface Beam {
  live: Path[];
  /** The best first. */
  readonly ended: Path[];
}

interface Continuation {
  /** Of the logits. */
  readonly row: number;
  readonly token: number;
  readonly logProbability: number;
}

/** The best continuations of paths whose logits begin at `first`; of equals the first row, the first token. */
function bestContinuations(
  paths: readonly Path[],
  logits: Matrix,
  first: number,
  { width, siblingPenalty }: { width: number; siblingPenalty: number },
): Continuation[] {
  const best: Ranked[] = [];
  paths.forEach((path, k) => {
    const row = first + k;
    const base = path.logProbability - logTotal(logits, row);
    const siblings: Ranked[] = [];
    for (let token = 0; token < logits.cols; token++) {
      const logProbability = base + logits.at(row, token);
      // a penalty only puts it further back
      if (best.length === width && !(logProbability > best[width - 1]!.rank)) continue;
      keepBest(siblings, { row, token, logProbability, rank: logProbability }, width);
    }
    siblings.forEach((sibling, place) => {
      keepBest(best, { ...sibling, rank: sibling.logProbability - siblingPenalty * (place + 1) }, width);
    });
  });
  return best;
}

interface Ranked extends Continuation {
  /** What it is chosen by. */
  readonly rank: number;
}

/** Puts it into a list of the `width` best, behind its equals. */
function keepBest(best: Ranked[], next: Ranked, width: number): void {
  if (best.length === width && !(next.rank > best[width - 1]!.rank)) return;
  let place = best.length;
  while (place > 0 && next.rank > best[place - 1]!.rank) place--;
  best.splice(place, 0, next);
  if (best.length > width) best.pop();
}

function pathOf({ row, token, logProbability }: Continuation, live: readonly Path[], attention?: Matrix): Path {
  const before = live[row]!;
  const seen = attention?.rowRange(row, row + 1).toRows()[0];
  return { token, length: before.length + 1, logProbability, before, attention: seen };
}

function unwound(last: Path, score: number, end: number | undefined): ScoredHypothesis {
  const tokens: number[] = [];
  const attention: number[][] = [];
  for (let path = last; path.before; path = path.before) {
    tokens.unshift(path.token);
    if (path.attention) attention.unshift(path.attention);
  }
  return {
    tokens,
    finished: last.token === end,
    logProbability: last.logProbability,
    score,
    attention: attention.length > 0 ? matrix(attention) : undefined,
  };
}

function check(width: number, penalties: { lengthPenalty: number; siblingPenalty: number }): void {
  if (!(Number.isInteger(width) && width >= 1)) {
    throw new RangeError(`beamSearch: the width is ${width}, expected a whole number ≥ 1`);
  }
  for (const [name, penalty] of Object.entries(penalties)) {
    if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY)) {
      const words = name.replace("Penalty", " penalty");
      throw new RangeError(`beamSearch: the ${words} is ${penalty}, expected a number ≥ 0`);
    }
  }
}
