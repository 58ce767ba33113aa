import assert from "node:assert/strict";
import fc from "fast-check";
import {
  buildSequence,
  type CrfWeights,
  crf,
  gradientCheck,
  logSumExp,
  Matrix,
  random,
  Sequence,
  Tokens,
  zeros,
} from "unroll";

/** All N^T sequences of tags. */
function* paths(T: number, N: number): Generator<number[]> {
  if (T === 0) yield [];
  else for (const path of paths(T - 1, N)) for (let tag = 0; tag < N; tag++) yield [...path, tag];
}

const score = ({ transitions, start, end }: CrfWeights, emissions: Sequence, i: number, y: number[]) =>
  y.reduce((sum, tag, t) => sum + emissions.at(t).at(i, tag) + (t > 0 ? transitions.at(y[t - 1]!, tag) : 0), 0) +
  start.at(0, y[0]!) +
  end.at(0, y.at(-1)!);

const draw = (seed: number, T: number, B: number, N: number) => {
  const next = random(seed);
  const wide = (rows: number) =>
    new Matrix(
      rows,
      N,
      Float64Array.from({ length: rows * N }, () => 6 * next() - 3),
    );
  return {
    weights: { transitions: wide(N), start: wide(1), end: wide(1) },
    emissions: buildSequence(T, B, N, () => 6 * next() - 3),
    tags: new Tokens(
      T,
      B,
      Int32Array.from({ length: T * B }, () => Math.floor(next() * N)),
    ),
    lengths: Array.from({ length: B }, () => 1 + Math.floor(next() * T)),
  };
};
const tagsOf = (tags: Tokens, i: number, length: number) => Array.from({ length }, (_, t) => tags.at(t)[i]!);
const shapes = fc.tuple(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer(),
);

describe("crf", () => {
  it("has the loss that comes from writing out every sequence of tags", () => {
    fc.assert(
      fc.property(shapes, ([T, B, N, seed]) => {
        const { weights, emissions, tags, lengths } = draw(seed, T, B, N);
        const { loss } = crf(N).negativeLogLikelihood(weights, emissions, tags, { lengths });
        const losses = lengths.map((length, i) => {
          const scores = [...paths(length, N)].map((y) => score(weights, emissions, i, y));
          return logSumExp(scores) - score(weights, emissions, i, tagsOf(tags, i, length));
        });
        assert.ok(Math.abs(loss - losses.reduce((a, b) => a + b) / B) < 1e-11);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("finds the best of all sequences of tags, and its score", () => {
    fc.assert(
      fc.property(shapes, ([T, B, N, seed]) => {
        const { weights, emissions, lengths } = draw(seed, T, B, N);
        const { tags, scores } = crf(N).viterbi(weights, emissions, { lengths });
        lengths.forEach((length, i) => {
          const best = Math.max(...[...paths(length, N)].map((y) => score(weights, emissions, i, y)));
          assert.ok(Math.abs(scores[i]! - best) < 1e-11);
          assert.ok(Math.abs(score(weights, emissions, i, tagsOf(tags, i, length)) - best) < 1e-11);
          assert.deepEqual(tagsOf(tags, i, T).slice(length), new Array(T - length).fill(0));
        });
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it("has gradients that equal five-point differences", () => {
    const { weights, emissions, tags } = draw(7, 4, 3, 3);
    const options = { lengths: [4, 1, 2] };
    const field = crf(3);
    const rows = (data: typeof emissions.data) => new Matrix(12, 3, data);
    const { dEmissions, gradients } = field.negativeLogLikelihood(weights, emissions, tags, options);
    const check = gradientCheck(
      () => field.negativeLogLikelihood(weights, emissions, tags, options).loss,
      { ...weights, emissions: rows(emissions.data) },
      { ...gradients, emissions: rows(dEmissions.data) },
    );
    assert.ok(check.ok, check.summary);
  });

  it("has the loss and the gradients of all sequences written out where transitions are all but forbidden", () => {
    const { weights, emissions, tags } = draw(10, 4, 1, 3);
    weights.transitions.data.set([-900, 3, -2000, 1, -900, -800, -1500, -900, 600]);
    const { loss, gradients, dEmissions } = crf(3).negativeLogLikelihood(weights, emissions, tags);
    const all = [...paths(4, 3)].map((y) => ({ y, s: score(weights, emissions, 0, y) }));
    const logZ = logSumExp(all.map(({ s }) => s));
    const truth = tagsOf(tags, 0, 4);
    const share = (uses: (y: number[]) => number) =>
      all.reduce((sum, { y, s }) => sum + Math.exp(s - logZ) * uses(y), 0) - uses(truth);
    assert.ok(Math.abs(loss - (logZ - score(weights, emissions, 0, truth))) < 1e-9);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const used = share((y) => y.filter((tag, t) => t > 0 && tag === j && y[t - 1] === i).length);
        assert.ok(Math.abs(gradients.transitions.at(i, j) - used) < 1e-9);
      }
      assert.ok(Math.abs(dEmissions.at(2).at(0, i) - share((y) => Number(y[2] === i))) < 1e-9);
    }
  });

  it("does not look at padding, and sends nothing back to it", () => {
    const { weights, emissions, tags } = draw(8, 3, 2, 3);
    const lengths = [3, 2];
    const field = crf(3);
    const known = field.negativeLogLikelihood(weights, emissions, tags, { lengths });
    for (let j = 0; j < 3; j++) emissions.at(2).set(1, j, Number.NaN);
    tags.at(2)[1] = 50;
    const result = field.negativeLogLikelihood(weights, emissions, tags, { lengths });
    assert.equal(result.loss, known.loss);
    assert.deepEqual(result.dEmissions.data, known.dEmissions.data);
    assert.deepEqual(result.dEmissions.at(2).toRows()[1], [0, 0, 0]);
    assert.deepEqual(field.viterbi(weights, emissions, { lengths }).tags.at(2)[1], 0);
  });

  it("stays finite over long sequences with large scores", () => {
    const emissions = buildSequence(2000, 1, 2, (t, _, j) => (t % 2 === j ? 1000 : -1000));
    const weights = crf(2).init(random(1));
    const tags = new Tokens(
      2000,
      1,
      Int32Array.from({ length: 2000 }, (_, t) => t % 2),
    );
    const { loss, dEmissions } = crf(2).negativeLogLikelihood(weights, emissions, tags);
    assert.ok(Math.abs(loss) < 1e-6 && dEmissions.data.every((value) => Math.abs(value) < 1e-6));
    assert.deepEqual(crf(2).viterbi(weights, emissions).tags.ids, tags.ids);
  });

  it("says what does not fit", () => {
    assert.throws(() => crf(0), /there are 0 tags, expected a whole number ≥ 1/);
    const { weights, emissions, tags } = draw(9, 2, 2, 3);
    const field = crf(3);
    const loss = (over: Partial<CrfWeights>, x = emissions, y = tags, lengths?: number[]) =>
      field.negativeLogLikelihood({ ...weights, ...over }, x, y, lengths ? { lengths } : {});
    assert.throws(() => loss({ start: zeros(1, 2) }), /start is 1×2, expected 1×3/);
    assert.throws(() => crf(2).viterbi(weights, emissions), /emissions are 2×2×3, expected T×B×2 with T and B ≥ 1/);
    assert.throws(() => loss({}, new Sequence(0, 2, 3, new Float64Array())), /emissions are 0×2×3/);
    assert.throws(() => loss({}, emissions, new Tokens(1, 2)), /tags are 1×2, expected 2×2 as the emissions/);
    assert.throws(
      () => loss({}, emissions, new Tokens(2, 2, Int32Array.of(0, 0, 0, 3))),
      /tag 3 at step 1 of sequence 1 is not one of 0 … 2/,
    );
    assert.throws(() => loss({}, emissions, tags, [1, 9]), /the length of sequence 1 is 9/);
    emissions.at(1).set(0, 1, Number.NaN);
    assert.throws(() => loss({}), /the scores of sequence 0 add up to NaN, expected finite emissions and weights/);
    assert.throws(() => field.viterbi(weights, emissions), /the best score of sequence 0 is NaN/);
  });
});
