import { checkChoice } from "../math/check-options.js";
import { splitAtSpaces, tokenize13a } from "./bleu-tokens.js";
import { commonNgrams, countNgrams } from "./ngrams.js";

/** Up to how many words in a row are compared. */
const ORDER = 4;

export interface BleuOptions {
  /** Whether capital letters count as small ones. */
  readonly lowerCase?: boolean;
  /** How lines are cut: "13a" as WMT's script does it, "none" for lines that are cut by spaces already. */
  readonly tokenize?: "13a" | "none";
}

export interface BleuScore {
  /** 0 … 100. */
  readonly score: number;
  /** For 1 … 4 words in a row: how many of the hypothesis are in a reference, in percent, smoothed. */
  readonly precisions: readonly number[];
  readonly right: readonly number[];
  readonly total: readonly number[];
  /** 1, and less when the hypotheses are shorter than the references. */
  readonly brevityPenalty: number;
  readonly hypothesisLength: number;
  /** Of each sentence the reference that is nearest in length; of two equally near the shorter. */
  readonly referenceLength: number;
}

/**
 * BLEU of a corpus of translations, to the last digit what sacreBLEU prints.
 *
 *     BLEU = 100 · BP · exp(¼ Σ_{n=1…4} log p_n),  BP = min(1, e^{1 − r/h})
 *
 * p_n is the share of the n-grams of all hypotheses that stand in a reference of the same sentence, each at most as often
 * as there. A p_n of 0 becomes 1/(2^k·total), k counting such n (exponential smoothing).
 *
 * @param hypotheses N lines of text, as a reader is to see them: not cut into tokens
 * @param references for each hypothesis one reference or more
 * @throws when there is no hypothesis, there are not references for each, a list of them is empty, or the tokeniser is
 *   unknown
 * @see Papineni et al. 2002, BLEU: a Method for Automatic Evaluation of Machine Translation; Post 2018, A Call for Clarity
 *   in Reporting BLEU Scores (signature nrefs:…|case:mixed|eff:no|tok:13a|smooth:exp)
 *
 * @example
 * const { score } = bleu(["The cat sat on the mat."], [["The cat sat on a mat."]]);
 * console.log(score.toFixed(1)); // 48.9
 */
export function bleu(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  options: BleuOptions = {},
): BleuScore {
  if (hypotheses.length !== references.length || hypotheses.length === 0) {
    throw new RangeError(
      `bleu: ${hypotheses.length} hypotheses and references for ${references.length}, expected as many, at least one`,
    );
  }
  const sentences = hypotheses.map((hypothesis, n) => statistics("bleu", n, hypothesis, references[n]!, options));
  const sum = (pick: (one: Statistics) => number) => sentences.reduce((total, one) => total + pick(one), 0);
  const all = {
    right: ORDERS.map((n) => sum(({ right }) => right[n - 1]!)),
    total: ORDERS.map((n) => sum(({ total }) => total[n - 1]!)),
    hypothesisLength: sum(({ hypothesisLength }) => hypothesisLength),
    referenceLength: sum(({ referenceLength }) => referenceLength),
  };
  return scored(all, false);
}

/**
 * BLEU of one sentence. Orders that the hypothesis is too short to have are left out of the mean (effective order), as
 * sacreBLEU does it for single sentences. Single sentences say little; the mean over sentences is not the BLEU of a corpus.
 *
 * @param hypothesis a line of text
 * @param references one or more
 * @throws when there is no reference
 *
 * @example
 * console.log(sentenceBleu("Good day", ["Good day"]).score); // 100
 */
export function sentenceBleu(hypothesis: string, references: readonly string[], options: BleuOptions = {}): BleuScore {
  return scored(statistics("sentenceBleu", 0, hypothesis, references, options), true);
}

const ORDERS = Array.from({ length: ORDER }, (_, i) => i + 1);

type Statistics = Pick<BleuScore, "right" | "total" | "hypothesisLength" | "referenceLength">;

function statistics(
  what: string,
  n: number,
  hypothesis: string,
  references: readonly string[],
  { lowerCase = false, tokenize = "13a" }: BleuOptions,
): Statistics {
  checkChoice(what, "tokenize", tokenize, ["13a", "none"]);
  if (typeof references === "string") {
    throw new TypeError(`${what}: the references of sentence ${n} are one text, expected a list: ["…"]`);
  }
  if (references.length === 0) {
    throw new RangeError(`${what}: sentence ${n} has no reference, expected at least one`);
  }
  const cut = tokenize === "13a" ? tokenize13a : splitAtSpaces;
  const tokensOf = (line: string) => cut(lowerCase ? line.toLowerCase() : line);
  const guess = tokensOf(hypothesis);
  const truths = references.map(tokensOf);
  const orders = ORDERS.map((order) => {
    const most = new Map<string, number>();
    for (const tokens of truths) {
      for (const [ngram, count] of countNgrams(tokens, order)) most.set(ngram, Math.max(count, most.get(ngram) ?? 0));
    }
    return commonNgrams(countNgrams(guess, order), most);
  });
  return {
    right: orders,
    total: ORDERS.map((order) => Math.max(0, guess.length - order + 1)),
    hypothesisLength: guess.length,
    referenceLength: nearest(
      guess.length,
      truths.map((tokens) => tokens.length),
    ),
  };
}

/** The length that is nearest to `length`; of two equally near ones the shorter. */
function nearest(length: number, candidates: readonly number[]): number {
  const further = (candidate: number) => Math.abs(candidate - length);
  return candidates.reduce((best, one) =>
    further(one) < further(best) || (further(one) === further(best) && one < best) ? one : best,
  );
}

function scored(statistics: Statistics, effectiveOrder: boolean): BleuScore {
  const { right, total, hypothesisLength: h, referenceLength: r } = statistics;
  const brevityPenalty = h >= r ? 1 : Math.exp(1 - r / h);
  const precisions = new Array<number>(ORDER).fill(0);
  // no word is right: nothing is smoothed
  if (right.every((count) => count === 0)) return { ...statistics, score: 0, precisions, brevityPenalty };
  const reached = total.filter((count) => count > 0).length;
  let smoothing = 1;
  for (let i = 0; i < reached; i++) {
    if (right[i] === 0) smoothing *= 2;
    precisions[i] = right[i] === 0 ? 100 / (smoothing * total[i]!) : (100 * right[i]!) / total[i]!;
  }
  const used = effectiveOrder ? precisions.slice(0, reached) : precisions;
  // an order that no hypothesis is long enough for has p = 0, which makes the score e^−∞ = 0
  const score = brevityPenalty * Math.exp(used.reduce((sum, p) => sum + Math.log(p), 0) / used.length);
  return { ...statistics, score, precisions, brevityPenalty };
}
