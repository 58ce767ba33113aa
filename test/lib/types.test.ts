import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Code that must not compile, what the compiler says about it, and its twin that must. */
interface Pair {
  readonly wrong: string;
  readonly says: RegExp;
  readonly right: string;
}

/** What the snippets are about. */
const setting = `
import {
  adam, asDecoder, beamSearch, bidirectional, bptt, build, buildSequence, classifier, dropout, embedding, encoderDecoder,
  greedy, gru, languageModel, lstm, Matrix, matrix, plot, random, recurrent, rnn, sample, stacked, tagger, Tokens, train,
  truncatedBptt, unroll,
} from "unroll";
const x = buildSequence(5, 2, 3, () => 0.5);
const tokens = new Tokens(5, 2);
const [cell, plain] = [lstm(3, 4), rnn(3, 4)];
const [peeping, after] = [lstm(3, 4, { peepholes: true }), gru(3, 4, { resetAfter: true })];
const weights = cell.init(random(1));
const digits = classifier(plain, 2);
const digitWeights = digits.init(random(1));
const reading = classifier(stacked(embedding(9, 3), cell), 2);
const readingWeights = reading.init(random(1));
const writing = languageModel(9, cell);
const writingWeights = writing.init(random(1));
const decoder = asDecoder(writing, writingWeights, writing.initialState(2));
const tagging = tagger(cell, 4);
const target = { size: 9, special: { begin: 1, end: 2 } };
const translating = encoderDecoder(stacked(embedding(9, 3), cell), cell, target);
const translatingWeights = translating.init(random(1));
const run = unroll(cell, weights, x);
`;

const pairs: Record<string, Pair> = {
  "a step reads a matrix, not a whole sequence": {
    wrong: "cell.forward(weights, x, cell.initialState(2));",
    says: /'Sequence' is not assignable to parameter of type 'Matrix'/,
    right: "cell.forward(weights, x.at(0), cell.initialState(2));",
  },
  "an LSTM's state has a c": {
    wrong: "cell.forward(weights, x.at(0), { h: build(2, 4, () => 0) });",
    says: /Property 'c' is missing/,
    right: "cell.forward(weights, x.at(0), { h: build(2, 4, () => 0), c: build(2, 4, () => 0) });",
  },
  "an RNN's state has no c": {
    wrong: "plain.initialState(2).c;",
    says: /Property 'c' does not exist/,
    right: "cell.initialState(2).c;",
  },
  "a peephole LSTM has weights that an LSTM has not": {
    wrong: "peeping.forward(weights, x.at(0), peeping.initialState(2));",
    says: /Property 'P' is missing/,
    right: "peeping.forward(peeping.init(random(1)), x.at(0), peeping.initialState(2));",
  },
  "a GRU that resets behind the product has a bias that the other has not": {
    wrong: "after.forward(gru(3, 4).init(random(1)), x.at(0), after.initialState(2));",
    says: /Property 'bh' is missing/,
    right: "after.forward(after.init(random(1)), x.at(0), after.initialState(2));",
  },
  "a cell's weights are not its model's": {
    wrong: "digits.logits(plain.init(random(1)), x);",
    says: /Property 'cell' is missing/,
    right: "digits.logits(digitWeights, x);",
  },
  "weights under the name of a layer are not those of a cell": {
    wrong: "digits.logits(readingWeights, x);",
    says: /Property 'cell' is missing/,
    right: "reading.logits(readingWeights, tokens);",
  },
  "an activation has one of three names": {
    wrong: 'rnn(3, 4, { activation: "tanhh" });',
    says: /'"tanhh"' is not assignable to type '.*"tanh"/,
    right: 'rnn(3, 4, { activation: "relu" });',
  },
  "an option that a cell does not have": {
    wrong: "lstm(3, 4, { forgetBais: 1 });",
    says: /'forgetBais' does not exist in type/,
    right: "lstm(3, 4, { forgetBias: 1 });",
  },
  "sizes are numbers": {
    wrong: 'rnn("3", 4);',
    says: /'string' is not assignable to parameter of type 'number'/,
    right: "rnn(3, 4);",
  },
  "randomness is passed, and is no seed": {
    wrong: "cell.init(1);",
    says: /'number' is not assignable to parameter of type 'Random'/,
    right: "cell.init(random(1));",
  },
  "an embedding reads tokens": {
    wrong: "embedding(9, 3).forward(embedding(9, 3).init(random(1)), x);",
    says: /'Sequence' is not assignable to parameter of type 'Tokens'/,
    right: "embedding(9, 3).forward(embedding(9, 3).init(random(1)), tokens);",
  },
  "a cell's layer reads numbers": {
    wrong: "recurrent(cell).forward(weights, tokens);",
    says: /'Tokens' is not assignable to parameter of type 'Sequence'/,
    right: "recurrent(cell).forward(weights, x);",
  },
  "an embedding is the first of a stack": {
    wrong: "stacked(cell, embedding(9, 3));",
    says: /'Tokens' is missing the following properties from type 'Sequence'/,
    right: "stacked(embedding(9, 3), cell);",
  },
  "dropout's variational mask is an option": {
    wrong: "dropout(4, 0.5, true);",
    says: /'true' has no properties in common with type/,
    right: "dropout(4, 0.5, { variational: true });",
  },
  "both directions are read": {
    wrong: "bidirectional(cell);",
    says: /Expected 2 arguments, but got 1/,
    right: "bidirectional(cell, plain);",
  },
  "a stack over an embedding reads tokens": {
    wrong: "reading.logits(readingWeights, x);",
    says: /'Sequence' is not assignable to parameter of type 'Tokens'/,
    right: "reading.logits(readingWeights, tokens);",
  },
  "a classifier's batch has labels": {
    wrong: "digits.lossAndGradients(digitWeights, { x });",
    says: /Property 'labels' is missing/,
    right: "digits.lossAndGradients(digitWeights, { x, labels: [0, 1] });",
  },
  "labels are numbers": {
    wrong: 'digits.lossAndGradients(digitWeights, { x, labels: ["0", "1"] });',
    says: /'string' is not assignable to type 'number'/,
    right: "digits.lossAndGradients(digitWeights, { x, labels: Uint8Array.of(0, 1) });",
  },
  "a language model reads tokens": {
    wrong: "writing.logits(writingWeights, x);",
    says: /'Sequence' is not assignable to parameter of type 'Tokens'/,
    right: "writing.logits(writingWeights, tokens);",
  },
  "a language model's batch has targets": {
    wrong: "writing.lossAndGradients(writingWeights, { x: tokens, labels: [0, 1] });",
    says: /'labels' does not exist in type 'NextTokens'/,
    right: "writing.lossAndGradients(writingWeights, { x: tokens, targets: tokens });",
  },
  "a language model needs a vocabulary's size before its reader": {
    wrong: "languageModel(cell, 9);",
    says: /is not assignable to parameter of type 'number'/,
    right: "languageModel(9, cell);",
  },
  "a state of one cell does not start another": {
    wrong: "writing.logits(writingWeights, tokens, { initialState: plain.initialState(2) });",
    says: /Property 'c' is missing/,
    right: "writing.logits(writingWeights, tokens, { initialState: cell.initialState(2) });",
  },
  "a tagger's targets stand at each step": {
    wrong: "tagging.lossAndGradients(tagging.init(random(1)), { x, targets: [0, 1] });",
    says: /'number\[\]' is missing the following properties from type 'Tokens'/,
    right: "tagging.lossAndGradients(tagging.init(random(1)), { x, targets: tokens });",
  },
  "an encoder reads tokens": {
    wrong: "encoderDecoder(recurrent(cell), cell, target);",
    says: /'Layer<LstmWeights, LstmState, Sequence>' is not assignable/,
    right: "encoderDecoder(stacked(embedding(9, 3), cell), cell, target);",
  },
  "pairs have a source and a target": {
    wrong: "translating.lossAndGradients(translatingWeights, { source: tokens });",
    says: /Property 'target' is missing/,
    right: "translating.lossAndGradients(translatingWeights, { source: tokens, target: tokens });",
  },
  "a text begins with a token": {
    wrong: "greedy(decoder, { end: 2, maxLength: 5 });",
    says: /Property 'begin' is missing/,
    right: "greedy(decoder, { begin: 1, end: 2, maxLength: 5 });",
  },
  "a beam stops at some length": {
    wrong: "beamSearch(decoder, { begin: 1, end: 2, width: 3 });",
    says: /Property 'maxLength' is missing/,
    right: "beamSearch(decoder, { begin: 1, end: 2, width: 3, maxLength: 5 });",
  },
  "a model writes with its weights": {
    wrong: "greedy(writing, { begin: 1, maxLength: 5 });",
    says: /is not assignable to parameter of type 'Decoder</,
    right: "greedy(asDecoder(writing, writingWeights, writing.initialState(1)), { begin: 1, maxLength: 5 });",
  },
  "sampling draws from a generator": {
    wrong: "sample(decoder, { begin: 1, maxLength: 5, temperature: 0.7 });",
    says: /Property 'random' is missing/,
    right: "sample(decoder, { begin: 1, maxLength: 5, temperature: 0.7, random: random(1) });",
  },
  "gradients of a step's output are matrices": {
    wrong: "bptt(cell, weights, run, x);",
    says: /'Sequence' is not assignable to parameter of type 'readonly \(Matrix \| undefined\)\[\]'/,
    right: "bptt(cell, weights, run, [undefined, run.finalState.h]);",
  },
  "truncation says how often": {
    wrong: "truncatedBptt(cell, weights, x, () => undefined, { k2: 5 });",
    says: /Property 'k1' is missing/,
    right: "truncatedBptt(cell, weights, x, () => undefined, { k1: 5 });",
  },
  "training needs an optimiser": {
    wrong: "train(digits, digitWeights, { count: 1, batch: () => ({ x, labels: [0, 1] }) }, { random: random(1) });",
    says: /Property 'optimizer' is missing/,
    right:
      "train(digits, digitWeights, { count: 1, batch: () => ({ x, labels: [0, 1] }) }, { random: random(1), optimizer: adam() });",
  },
  "training needs examples of the model's kind": {
    wrong:
      "train(digits, digitWeights, { count: 1, batch: () => ({ x: tokens, targets: tokens }) }, { random: random(1), optimizer: adam() });",
    says: /'Tokens' is missing the following properties from type 'Sequence'/,
    right:
      "train(writing, writingWeights, { count: 1, batch: () => ({ x: tokens, targets: tokens }) }, { random: random(1), optimizer: adam() });",
  },
  "a model and its weights belong together in training": {
    wrong:
      "train(digits, writingWeights, { count: 1, batch: () => ({ x, labels: [0, 1] }) }, { random: random(1), optimizer: adam() });",
    says: /Property 'cell' is missing/,
    right: "digits.lossAndGradients(digitWeights, { x, labels: [0, 1] }, { random: random(1) });",
  },
  "an optimiser's option": {
    wrong: "adam({ lr: 0.01 });",
    says: /'lr' does not exist in type/,
    right: "adam({ learningRate: 0.01 });",
  },
  "a precision is one of two": {
    wrong: 'matrix([[1]], "float16");',
    says: /'"float16"' is not assignable to parameter of type 'Precision/,
    right: 'matrix([[1]], "float32");',
  },
  "a matrix holds floating-point numbers": {
    wrong: "new Matrix(1, 2, [1, 2]);",
    says: /'number\[\]' is not assignable to parameter of type 'Numbers/,
    right: "new Matrix(1, 2, Float64Array.of(1, 2));",
  },
  "a diagram knows its parts": {
    wrong: "plot.cellDiagram(plot.lstmPlan, { g: 0.5 });",
    says: /'g' does not exist in type/,
    right: "plot.cellDiagram(plot.lstmPlan, { f: 0.5 });",
  },
};

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("types", () => {
  let messages: string[] = [];
  before(function () {
    this.timeout(60_000);
    messages = compile(
      Object.values(pairs).flatMap(({ wrong, right }) => [`${setting}\n${wrong}`, `${setting}\n${right}`]),
    );
  });

  Object.entries(pairs).forEach(([title, { says }], n) => {
    it(`catch it at compile time: ${title}`, () => {
      assert.match(messages[2 * n]!, says);
      assert.equal(messages[2 * n + 1], "");
    });
  });
});

/** What the compiler says about each source under strict, nothing where it compiles. */
function compile(sources: readonly string[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  };
  const files = sources.map((_, n) => join(root, "test", `types-${n}.mts`));
  const texts = new Map(files.map((file, n) => [file, sources[n]!]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram(files, options, host);
  return files.map((file) => {
    const source = program.getSourceFile(file)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).join("\n");
  });
}
