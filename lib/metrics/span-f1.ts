import { type Scores, scores } from "./scores.js";

/** Steps from … to − 1 of a sentence, of one type. */
export interface Span {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The spans that BIO tags mark, read as CoNLL's script reads them.
 *
 * `B-X` begins a span of type X, `I-X` goes on with it, `O` stands outside. An `I-X` that follows on nothing, or on
 * another type, begins a span as `B-X` does. So IOB1 and IOB2 are both read.
 *
 * @param tags of one sentence: `O`, `B-type`, `I-type`, or `B` and `I` alone when there is only one type
 * @throws when a tag is none of these
 * @see Tjong Kim Sang & Buchholz 2000, Introduction to the CoNLL-2000 Shared Task: Chunking, and its script conlleval
 *
 * @example
 * console.log(spans(["B-PER", "I-PER", "O", "I-LOC"])); // PER 0 … 1, LOC 3
 */
export function spans(tags: readonly string[]): Span[] {
  const found: Span[] = [];
  let open: { type: string; from: number } | undefined;
  const close = (to: number) => {
    if (open) found.push({ ...open, to });
    open = undefined;
  };
  tags.forEach((tag, t) => {
    const { position, type } = parsed(tag, t);
    if (position === "O") {
      close(t);
    } else if (position === "B" || type !== open?.type) {
      close(t);
      open = { type, from: t };
    }
  });
  close(tags.length);
  return found;
}

function parsed(tag: string, t: number): { position: string; type: string } {
  const [, position, type = ""] = /^(O|[BI](?=-|$))(?:-(.*))?$/s.exec(tag) ?? [];
  if (position === undefined || (position === "O" && tag !== "O")) {
    throw new RangeError(`spans: tag ${t} is ${JSON.stringify(tag)}, expected O, B-type or I-type`);
  }
  return { position, type };
}

/** How well guessed spans agree with the true ones, and how many there are. */
export type SpanScores = Scores & { readonly right: number; readonly guessed: number; readonly there: number };

/**
 * Precision, recall and F1 of spans: a guessed span is right when its type, its beginning and its end are.
 *
 * @param guesses N sentences of guessed tags
 * @param truth N sentences of true tags, as long
 * @returns the scores of all spans together, and in `types` of each type, by name
 * @throws when there is no sentence, they are not equally many or equally long, or a tag is not a BIO tag
 * @see Tjong Kim Sang & De Meulder 2003, Introduction to the CoNLL-2003 Shared Task, and its script conlleval
 *
 * @example
 * const { f1, types } = spanF1([["B-PER", "O", "B-LOC"]], [["B-PER", "I-PER", "B-LOC"]]);
 * console.log(f1, types.LOC!.f1); // 0.5 and 1
 */
export function spanF1(
  guesses: readonly (readonly string[])[],
  truth: readonly (readonly string[])[],
): SpanScores & { readonly types: Readonly<Record<string, SpanScores>> } {
  if (guesses.length !== truth.length || truth.length === 0) {
    throw new RangeError(
      `spanF1: ${guesses.length} guessed sentences for ${truth.length} true ones, expected as many, at least one`,
    );
  }
  const counts = new Map<string, { right: number; guessed: number; there: number }>();
  const ofType = (type: string) => {
    const known = counts.get(type) ?? { right: 0, guessed: 0, there: 0 };
    counts.set(type, known);
    return known;
  };
  guesses.forEach((tags, n) => {
    const trueTags = truth[n]!;
    if (tags.length !== trueTags.length) {
      throw new RangeError(`spanF1: sentence ${n} has ${tags.length} guessed tags and ${trueTags.length} true ones`);
    }
    const there = spans(trueTags);
    const keys = new Set(there.map(key));
    for (const { type } of there) ofType(type).there++;
    for (const span of spans(tags)) {
      const count = ofType(span.type);
      count.guessed++;
      if (keys.has(key(span))) count.right++;
    }
  });
  const types = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = { right: 0, guessed: 0, there: 0 };
  for (const [, { right, guessed, there }] of types) {
    all.right += right;
    all.guessed += guessed;
    all.there += there;
  }
  return { ...scored(all), types: Object.fromEntries(types.map(([type, count]) => [type, scored(count)])) };
}

function scored(count: { right: number; guessed: number; there: number }): SpanScores {
  return { ...scores(count.right, count.guessed, count.there), ...count };
}

function key({ type, from, to }: Span): string {
  return `${from} ${to} ${type}`;
}
