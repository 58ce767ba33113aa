import {
  type Attention,
  additiveAttention,
  embedding,
  encoderDecoder,
  flatten,
  type Matrix,
  multiplicativeAttention,
  rnn,
  stacked,
  Tokens,
  type WeightTree,
} from "unroll";
import { assertParity, fixture, matrix, onEveryEngine, precisionNow, sequenceOf } from "./parity.js";

type Rows = number[][];
type RowTree = { [name: string]: Rows | RowTree };
type Kind = "additive" | "general" | "dot" | "scaled";
type ReadCase = { kind: Kind; width: number; lengths: number[]; memory: Rows[]; dMemory: Rows[] } & Record<
  "query" | "alpha" | "context" | "dContext" | "dQuery",
  Rows
> &
  Record<"weights" | "gradients", RowTree>;
type ModelCase = {
  kind: Kind | null;
  loss: number;
  alignments: Rows[];
  weights: RowTree;
  gradients: RowTree;
} & Record<"vocabulary" | "embedding" | "encoder" | "hidden" | "width", number> &
  Record<"source" | "target", Rows> &
  Record<"sourceLengths" | "targetLengths", number[]>;

const [{ reads, models }] = fixture<{ reads: ReadCase[]; models: ModelCase[] }>("attention") as [
  { reads: ReadCase[]; models: ModelCase[] },
];

const make = (kind: Kind, Q: number, D: number, width: number): Attention => {
  if (kind === "additive") return additiveAttention(Q, D, width) as unknown as Attention;
  if (kind === "general") return multiplicativeAttention(Q, D) as unknown as Attention;
  return multiplicativeAttention(Q, D, { score: kind });
};

// every expectation comes from PyTorch 2 in float64, by autograd: write-attention.py
describe("PyTorch's figures for attention", () => {
  onEveryEngine(() => {
    for (const known of reads) {
      it(`are weights, context and gradients of the ${known.kind} score, with padding`, () => {
        const [query, memory] = [matrix(known.query), sequenceOf(known.memory)];
        const attention = make(known.kind, query.cols, memory.width, known.width);
        const read = attention.attend(matrices(known.weights), query, memory, { lengths: known.lengths });
        const { dQuery, dMemory, gradients } = read.backward(matrix(known.dContext));
        assertParity("α", read.weights, known.alpha);
        assertParity("c", read.context, known.context);
        assertParity("∂E/∂q", dQuery, known.dQuery);
        assertParity("∂E/∂memory", dMemory.flat(), known.dMemory.flat());
        assertTree("∂E/∂", gradients, known.gradients);
      });
    }

    for (const known of models) {
      it(`are loss, alignments and gradients of an encoder–decoder, attention: ${known.kind ?? "none"}`, () => {
        const { vocabulary: V, embedding: E, encoder: D, hidden: H } = known;
        const encoder = stacked(embedding(V, E), rnn(E, D));
        const target = { size: V, special: { begin: 1, end: 2 } };
        const model = encoderDecoder(encoder, rnn(E + (known.kind ? D : 0), H), target, {
          precision: precisionNow(),
          ...(known.kind && { attention: make(known.kind, H, D, known.width) }),
        });
        const batch = {
          source: tokensOf(known.source),
          sourceLengths: known.sourceLengths,
          target: tokensOf(known.target),
          targetLengths: known.targetLengths,
        };
        const weights = matrices(known.weights) as Parameters<typeof model.logits>[0];
        const { loss, gradients } = model.lossAndGradients(weights, batch);
        assertParity("loss", matrix([[loss]]), [[known.loss]]);
        assertTree("∂E/∂", gradients, known.gradients);
        if (known.kind) {
          assertParity("alignments", model.alignments(weights, batch).flat(), known.alignments.flat());
        }
      });
    }
  });
});

function matrices(tree: RowTree): WeightTree {
  return Object.fromEntries(
    Object.entries(tree).map(([name, entry]) => [name, Array.isArray(entry) ? matrix(entry) : matrices(entry)]),
  );
}

function assertTree(what: string, actual: WeightTree, expected: RowTree): void {
  const found: Record<string, Matrix> = flatten(actual);
  for (const [name, m] of Object.entries(flatten(matrices(expected)))) {
    assertParity(what + name, found[name]!, m.toRows());
  }
}

function tokensOf(steps: Rows): Tokens {
  return new Tokens(steps.length, steps[0]!.length, Int32Array.from(steps.flat()));
}
