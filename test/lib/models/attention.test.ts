import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Attention,
  additiveAttention,
  build,
  buildSequence,
  copyWeights,
  gradientCheck,
  type Matrix,
  type AttentionMemory as Memory,
  mapWeights,
  multiplicativeAttention,
  random,
  type Sequence,
  stack,
  type WeightTree,
} from "unroll";
import { assertNear } from "../near.js";

/** e_s from the rows of the weights, in the plainest way. */
type NaiveScore = (weights: Record<string, number[][]>, q: number[], k: number[]) => number;

const dot = (a: number[], b: number[]) => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
const times = (a: number[], W: number[][]) =>
  W[0]!.map((_, j) => a.reduce((sum, value, i) => sum + value * W[i]![j]!, 0));

behavesAsAttention(
  "additive",
  (Q, D) => additiveAttention(Q, D, 3),
  ({ W_q, W_k, v }, q, k) => {
    const [a, b] = [times(q, W_q!), times(k, W_k!)];
    return a.reduce((sum, value, j) => sum + v![j]![0]! * Math.tanh(value + b[j]!), 0);
  },
);
behavesAsAttention(
  "multiplicative, general",
  (Q, D) => multiplicativeAttention(Q, D),
  ({ W }, q, k) => dot(times(q, W!), k),
);
behavesAsAttention(
  "multiplicative, dot",
  (_, D) => multiplicativeAttention(D, D, { score: "dot" }),
  (_, q, k) => dot(q, k),
);
behavesAsAttention(
  "multiplicative, scaled",
  (_, D) => multiplicativeAttention(D, D, { score: "scaled" }),
  (_, q, k) => dot(q, k) / Math.sqrt(k.length),
);

function behavesAsAttention<W extends WeightTree>(
  name: string,
  make: (Q: number, D: number) => Attention<W>,
  naive: NaiveScore,
): void {
  const shapes = fc.record({
    T: fc.integer({ min: 1, max: 5 }),
    B: fc.integer({ min: 1, max: 4 }),
    Q: fc.integer({ min: 1, max: 4 }),
    D: fc.integer({ min: 1, max: 4 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  const over = (test: (drawn: ReturnType<typeof draw>) => void) =>
    fc.assert(
      fc.property(shapes, (shape) => test(draw(shape))),
      { numRuns: 20, seed: 3 },
    );

  function draw({ T, B, Q, D, seed }: Record<"T" | "B" | "Q" | "D" | "seed", number>) {
    const next = random(seed);
    const number = () => 2 * next() - 1;
    const attention = make(Q, D);
    const weights = mapWeights(attention.init(next), (m) => build(m.rows, m.cols, number));
    const lengths = Array.from({ length: B }, () => 1 + Math.floor(next() * T));
    const query = () => build(B, attention.querySize, number);
    const context = () => build(B, D, number);
    return { attention, weights, lengths, memory: buildSequence(T, B, D, number), query, context };
  }

  describe(`attention, ${name}`, () => {
    it("equals a naive loop, with weights that sum to 1 over real steps and are 0 at padding", () => {
      over(({ attention, weights, memory, query, lengths }) => {
        const q = query();
        const read = attention.attend(weights, q, memory, { lengths });
        const plain = Object.fromEntries(Object.entries(weights).map(([key, m]) => [key, (m as Matrix).toRows()]));
        lengths.forEach((length, i) => {
          const steps = Array.from({ length }, (_, s) => memory.at(s).toRows()[i]!);
          const e = steps.map((k) => Math.exp(naive(plain, q.toRows()[i]!, k)));
          const total = e.reduce((a, b) => a + b);
          const alpha = Array.from({ length: memory.steps }, (_, s) => (s < length ? e[s]! / total : 0));
          assertNear(row(read.weights, i), [alpha]);
          assertNear(row(read.context, i), [times(alpha.slice(0, length), steps)]);
          assert.ok(Math.abs(read.weights.toRows()[i]!.reduce((a, b) => a + b) - 1) < 1e-14);
        });
      });
    });

    it("has gradients that equal five-point differences, over several looks at padded sequences", () => {
      over(({ attention, weights, memory, query, context, lengths }) => {
        const queries = [query(), query(), query()];
        const dContexts = queries.map(context);
        const loss = () => {
          const remembered = attention.remember(weights, memory, { lengths });
          return queries.reduce((sum, q, n) => sum + inner(remembered.read(q).context, dContexts[n]!), 0);
        };
        const remembered = attention.remember(weights, memory, { lengths });
        const dQueries = queries.map((q, n) => remembered.read(q).backward(dContexts[n]!));
        const { gradients, dMemory } = remembered.backward();
        const check = gradientCheck(
          loss,
          { weights, memory: memory.flat(), queries: named(queries) },
          { weights: gradients, memory: dMemory.flat(), queries: named(dQueries) },
        );
        assert.ok(check.ok, check.summary);
      });
    });

    it("looks with many queries at once as with one after the other, and sends back the same", () => {
      over(({ attention, weights, memory, query, context, lengths }) => {
        const queries = [query(), query(), query()];
        const dContexts = queries.map(context);
        const [one, all] = [0, 1].map(() => attention.remember(weights, memory, { lengths })) as [Memory<W>, Memory<W>];
        const reads = queries.map((q) => one.read(q));
        const together = all.readAll(stack(queries));
        const dQueries = together.backward(stack(dContexts));
        reads.forEach((read, t) => {
          assertNear(together.contexts.at(t), read.context);
          assertNear(together.weights.at(t), read.weights);
          assertNear(dQueries.at(t), read.backward(dContexts[t]!));
        });
        const [expected, got] = [one.backward(), all.backward()];
        assertNear(got.dMemory.flat(), expected.dMemory.flat());
        for (const [key, m] of Object.entries(got.gradients)) {
          assertNear(m as Matrix, (expected.gradients as Record<string, Matrix>)[key]!);
        }
      });
    });

    it("gives a sequence the same alone as padded among others, whatever stands behind its end", () => {
      over(({ attention, weights, memory, query, context, lengths }) => {
        const [q, dContext] = [query(), context()];
        const noisy = buildSequence(memory.steps, memory.batch, memory.width, (s, i, j) =>
          s < lengths[i]! ? memory.at(s).at(i, j) : 1e3 * (s + j),
        );
        const together = attention.attend(weights, q, noisy, { lengths });
        const back = together.backward(dContext);
        lengths.forEach((length, i) => {
          const alone = attention.attend(weights, row(q, i), cut(memory, i, length));
          assertNear(alone.context, row(together.context, i));
          const own = alone.backward(row(dContext, i));
          assertNear(own.dQuery, row(back.dQuery, i));
          assertNear(own.dMemory.flat(), cut(back.dMemory, i, length).flat());
        });
      });
    });

    it("can look at some of its sequences, in any order and more than once", () => {
      over(({ attention, weights, memory, query, lengths }) => {
        const q = query();
        const remembered = attention.remember(weights, memory, { lengths });
        const all = remembered.read(q);
        const indices = [memory.batch - 1, 0, 0];
        const some = remembered.select(indices).read(stack(indices.map((i) => row(q, i))).flat());
        assert.deepEqual(
          some.context.toRows(),
          indices.map((i) => all.context.toRows()[i]),
        );
        assert.deepEqual(
          some.weights.toRows(),
          indices.map((i) => all.weights.toRows()[i]),
        );
        const again = remembered.select(indices).select([2]).read(row(q, 0));
        assert.deepEqual(again.context.toRows(), [all.context.toRows()[0]]);
      });
    });

    it("stays float32 when all that goes in is", () => {
      const { attention, weights, memory, query, context } = draw({ T: 3, B: 2, Q: 3, D: 3, seed: 1 });
      const light = <T extends WeightTree>(tree: T) => copyWeights(tree, "float32");
      const single = buildSequence(3, 2, 3, (t, i, j) => memory.at(t).at(i, j), "float32");
      const read = attention.attend(light(weights), light({ m: query() }).m, single, { lengths: [3, 1] });
      const { dQuery, dMemory, gradients } = read.backward(light({ m: context() }).m);
      for (const m of [read.context, read.weights, dQuery, dMemory.flat(), ...Object.values(gradients)]) {
        assert.equal((m as Matrix).precision, "float32");
      }
    });

    it("sends back zeros where nobody has looked", () => {
      const { attention, weights, memory } = draw({ T: 3, B: 2, Q: 3, D: 3, seed: 1 });
      const { dMemory } = attention.remember(weights, memory).backward();
      assert.ok(dMemory.data.every((value) => value === 0));
    });

    it("says which shape does not fit", () => {
      const { attention, weights, memory, query } = draw({ T: 3, B: 2, Q: 3, D: 3, seed: 1 });
      const narrow = buildSequence(3, 2, 2, () => 0);
      assert.throws(() => attention.remember(weights, narrow), /the memory is 3×2×2, expected .* memorySize 3/);
      const nobody = buildSequence(3, 0, 3, () => 0);
      assert.throws(() => attention.remember(weights, nobody), /the memory is 3×0×3, expected at least one step/);
      assert.throws(() => attention.attend(weights, row(query(), 0), memory), /the query is 1×3, expected 2×3/);
      assert.throws(
        () => attention.remember(weights, memory, { lengths: [3, 4] }),
        /the length of sequence 1 is 4, expected a whole number from 1 to 3/,
      );
      const read = attention.attend(weights, query(), memory);
      assert.throws(() => read.backward(row(query(), 0)), /the context and its gradient: 2×3 and 1×3/);
    });
  });
}

describe("attention", () => {
  it("refuses sizes that are none, and plain products of vectors that differ in width", () => {
    assert.throws(() => additiveAttention(2, 3, 0), /additiveAttention: width is 0, expected a whole number ≥ 1/);
    assert.throws(() => multiplicativeAttention(2.5, 3), /multiplicativeAttention: querySize is 2.5/);
    assert.throws(
      () => multiplicativeAttention(2, 3, { score: "dot" }),
      /"dot" multiplies a query of 2 numbers with steps of 3: make them equally wide, or take the score "general"/,
    );
  });
});

const named = (matrices: Matrix[]) => Object.fromEntries(matrices.map((m, n) => [String(n), m]));

const row = (m: Matrix, i: number) => m.rowRange(i, i + 1);

/** The first steps of sequence i, as a batch of one. */
function cut(x: Sequence, i: number, length: number): Sequence {
  return stack(Array.from({ length }, (_, t) => row(x.at(t), i)));
}

/** Σ a∗b, whose gradient at a is b. */
function inner(a: Matrix, b: Matrix): number {
  return dot(a.toRows().flat(), b.toRows().flat());
}
