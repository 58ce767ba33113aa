import assert from "node:assert/strict";
import {
  type BleuOptions,
  type BleuScore,
  bleu,
  confusionMatrix,
  editDistance,
  errorRate,
  f1Scores,
  matthews,
  type RougeScores,
  rouge,
  type Scores,
  sentenceBleu,
  spanF1,
} from "unroll";
import { tokenize13a } from "unroll/metrics/bleu-tokens.js";
import { assertParity, fixture } from "./parity.js";

type Case =
  | { metric: "13a"; lines: string[]; expected: string[][] }
  | {
      metric: "bleu";
      hypotheses: string[];
      references: string[][];
      options: BleuOptions;
      expected: BleuScore;
      sentences: BleuScore[];
    }
  | { metric: "rouge"; hypothesis: string; reference: string; expected: RougeScores }
  | { metric: "spans"; guesses: string[][]; truth: string[][]; expected: ReturnType<typeof spanF1> }
  | {
      metric: "classes";
      classes: number;
      guesses: number[];
      labels: number[];
      counts: number[][];
      matthews: number;
      perClass: Scores[];
      micro: Scores;
      macro: Scores;
    }
  | {
      metric: "edits";
      hypotheses: string[];
      references: string[];
      distances: number[];
      characterErrorRate: number;
      wordDistances: number[];
    };

/** The same structure; numbers agree to 1e-12. */
function assertSame(what: string, actual: unknown, expected: unknown): void {
  if (typeof expected === "number") {
    const error = Math.abs((actual as number) - expected);
    assert.ok(error <= 1e-12 * Math.max(1, Math.abs(expected)), `${what} is ${actual}, expected ${expected}`);
  } else {
    const keys = Object.keys(expected as object);
    assert.deepEqual(Object.keys(actual as object).sort(), [...keys].sort(), what);
    for (const key of keys) {
      const [a, b] = [actual, expected] as Record<string, unknown>[];
      assertSame(`${what}.${key}`, a![key], b![key]);
    }
  }
}

// sacreBLEU's own figures, and those of the programs in write-metrics.py
describe("the metrics of write-metrics.py", () => {
  const cases = fixture<Case>("metrics");
  const of = <M extends Case["metric"]>(metric: M) =>
    cases.filter((one): one is Extract<Case, { metric: M }> => one.metric === metric);

  it("are 13a tokens as sacreBLEU cuts them", () => {
    for (const { lines, expected } of of("13a")) assert.deepEqual(lines.map(tokenize13a), expected);
  });

  of("bleu").forEach(({ hypotheses, references, options, expected, sentences }, n) => {
    it(`are sacreBLEU's figures of corpus ${n + 1}: ${expected.score.toFixed(2)}`, () => {
      assertSame("corpus", bleu(hypotheses, references, options), expected);
      sentences.forEach((score, i) => {
        assertSame(`sentence ${i}`, sentenceBleu(hypotheses[i]!, references[i]!, options), score);
      });
    });
  });

  it("are ROUGE-1, ROUGE-2 and ROUGE-L", () => {
    for (const { hypothesis, reference, expected } of of("rouge")) {
      assertSame(JSON.stringify([hypothesis, reference]), rouge(hypothesis, reference), expected);
    }
  });

  it("are conlleval's spans, in all and of each type", () => {
    of("spans").forEach(({ guesses, truth, expected }, n) => {
      assertSame(`corpus ${n}`, spanF1(guesses, truth), expected);
    });
  });

  it("are confusion matrix, precision, recall, F1 and Matthews' correlation", () => {
    for (const known of of("classes")) {
      const counts = confusionMatrix(known.guesses, known.labels, known.classes);
      assertParity("counts", counts, known.counts, { tolerance: 0 });
      assertSame("MCC", matthews(counts), known.matthews);
      const { classes, micro, macro } = f1Scores(counts);
      assertSame(
        "per class",
        classes.map(({ count: _, ...one }) => one),
        known.perClass,
      );
      assertSame("micro", micro, known.micro);
      assertSame("macro", macro, known.macro);
    }
  });

  it("are edit distances by character and word, and the character error rate", () => {
    for (const known of of("edits")) {
      const words = (line: string) => line.split(" ").filter((word) => word !== "");
      known.hypotheses.forEach((hypothesis, n) => {
        const reference = known.references[n]!;
        assert.equal(editDistance(hypothesis, reference), known.distances[n], `line ${n}`);
        assert.equal(editDistance(words(hypothesis), words(reference)), known.wordDistances[n], `words of line ${n}`);
      });
      assertSame("character error rate", errorRate(known.hypotheses, known.references), known.characterErrorRate);
    }
  });
});
