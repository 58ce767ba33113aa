export * from "./bptt/backward-steps.js";
export * from "./bptt/bptt.js";
export * from "./bptt/checkpointed-bptt.js";
export * from "./bptt/clip.js";
export * from "./bptt/gradient-check.js";
export * from "./bptt/gradient-norms.js";
export * from "./bptt/jacobians.js";
export * from "./bptt/regularisers.js";
export * from "./bptt/truncated-bptt.js";
export * from "./bptt/unroll.js";
export type { Cell, SequenceOptions, SequenceRun, State, Weights } from "./cells/cell.js";
export * from "./cells/feed-forward.js";
export type { GateWeights } from "./cells/gates.js";
export * from "./cells/gru.js";
export * from "./cells/gru-reset-after.js";
export * from "./cells/lstm.js";
export * from "./cells/memory-cell.js";
export * from "./cells/minimal-gru.js";
export * from "./cells/minimal-lstm.js";
export * from "./cells/peephole-lstm.js";
export * from "./cells/reservoir.js";
export * from "./cells/rnn.js";
export * from "./course/centred-digit.js";
export * from "./course/check.js";
export * from "./course/dummy.js";
export { type Exercise, exercise, type Look, type Mistake } from "./course/exercise.js";
export * from "./course/judge-digits.js";
export * from "./course/live-training.js";
export * from "./course/long-run.js";
export type { Measured } from "./course/measured.js";
export * from "./course/points-for.js";
export * from "./course/predict.js";
export * from "./course/quick.js";
export * from "./course/result.js";
export {
  type LongRun,
  type LongRunOptions,
  type LongTrainingOptions,
  startLongRun,
} from "./course/start-long-run.js";
export {
  type LongRunResult,
  type StoredCurves,
  type StoredRun,
  storedRun,
  storedWeights,
} from "./course/stored-run.js";
export * from "./course/submit.js";
export type { Declared, Task, TaskMistake, TaskTest } from "./course/task.js";
export * from "./course/try-your-own.js";
export * from "./data/adding-problem.js";
export * from "./data/agreement.js";
export * from "./data/batch.js";
export * from "./data/bracket-matching.js";
export * from "./data/brown.js";
export type { UniversalTag } from "./data/brown-tags.js";
export * from "./data/buckets.js";
export { learnMerges, type Merge } from "./data/byte-pair-merges.js";
export { bytePairVocabulary } from "./data/byte-pair-vocabulary.js";
export * from "./data/changed-images.js";
export { characterVocabulary } from "./data/character-vocabulary.js";
export * from "./data/cmudict.js";
export type { Collection } from "./data/collection.js";
export * from "./data/compressions.js";
export * from "./data/copy-memory.js";
export { hasData } from "./data/data-folder.js";
export type { DataSet } from "./data/data-set.js";
export * from "./data/digit-scenes.js";
export * from "./data/emoji.js";
export * from "./data/images.js";
export * from "./data/language-model-stream.js";
export * from "./data/mnist.js";
export * from "./data/named-entities.js";
export * from "./data/obfuscate.js";
export * from "./data/padded.js";
export * from "./data/parity.js";
export * from "./data/picture.js";
export * from "./data/picture-captions.js";
export { asColumns, asPatches, pixelByPixel } from "./data/pieces.js";
export * from "./data/prose.js";
export * from "./data/reading.js";
export * from "./data/reber.js";
export { restoreVocabulary } from "./data/restore-vocabulary.js";
export * from "./data/scientific-summaries.js";
export * from "./data/self-dialogue.js";
export * from "./data/semantic-roles.js";
export * from "./data/sentiment.js";
export * from "./data/series.js";
export { type DataSetFacts, type DataSetName, dataSets } from "./data/sets.js";
export * from "./data/sms-spam.js";
export * from "./data/snips.js";
export * from "./data/spam-assassin.js";
export * from "./data/split-words.js";
export * from "./data/tagged-parts.js";
export * from "./data/tatoeba.js";
export * from "./data/text-examples.js";
export * from "./data/tiny-shakespeare.js";
export * from "./data/vocabulary.js";
export * from "./data/web-treebank.js";
export * from "./data/word-dropout.js";
export * from "./data/word-parts.js";
export { wordVocabulary } from "./data/word-vocabulary.js";
export * from "./decode/as-decoder.js";
export * from "./decode/beam-search.js";
export * from "./decode/greedy.js";
export type { Hypothesis, WritingOptions } from "./decode/hypothesis.js";
export * from "./decode/sample.js";
export * from "./decode/sample-steps.js";
export { type SamplingOptions, samplingProbabilities } from "./decode/sampling-probabilities.js";
export * from "./decode/select-rows.js";
export * from "./display/ask.js";
export * from "./display/display.js";
export type { Channel, Host } from "./display/host.js";
export * from "./display/live.js";
export { type Displayable, jupyterDisplay, type MimeBundle } from "./display/mime.js";
export * from "./display/progress.js";
export { Table, type TableOptions, table } from "./display/table.js";
export type { Block } from "./engine/block.js";
export * from "./engine/current.js";
export type { CombineName, Engine, EngineName, MapName, ProductOptions, UpdateRule } from "./engine/engine.js";
export type { Recurrence, RecurrenceKind, RecurrenceRun } from "./engine/recurrence.js";
export * from "./layers/bidirectional.js";
export * from "./layers/convolution.js";
export * from "./layers/dense.js";
export * from "./layers/dropout.js";
export * from "./layers/embedding.js";
export * from "./layers/image-stack.js";
export type { ImageLayer, ImageShape } from "./layers/image-windows.js";
export type { Layer, LayerRun, NoState, RunOptions } from "./layers/layer.js";
export * from "./layers/max-pooling.js";
export * from "./layers/parts-embedding.js";
export * from "./layers/pooling.js";
export { type AnyCell, recurrent } from "./layers/recurrent.js";
export * from "./layers/stacked.js";
export * from "./layers/standardised.js";
export * from "./math/activation.js";
export * from "./math/affine.js";
export * from "./math/cholesky.js";
export * from "./math/draw.js";
export * from "./math/eigenvalues.js";
export * from "./math/elementwise.js";
export * from "./math/finite.js";
export * from "./math/lengths.js";
export * from "./math/log-sum-exp.js";
export * from "./math/matrix.js";
export * from "./math/orthogonal.js";
export type { Numbers, Precision } from "./math/precision.js";
export * from "./math/principal-components.js";
export * from "./math/product.js";
export {
  integer,
  normal,
  permutation,
  type Random,
  random,
  restoreRandom,
  type SeededRandom,
} from "./math/random.js";
export * from "./math/ridge.js";
export * from "./math/scan.js";
export * from "./math/sequence.js";
export * from "./math/softmax.js";
export * from "./math/svd.js";
export * from "./math/token-parts.js";
export * from "./math/tokens.js";
export * from "./math/weights.js";
export * from "./metrics/accuracy.js";
export * from "./metrics/bleu.js";
export { confusionMatrix } from "./metrics/confusion.js";
export * from "./metrics/correlation.js";
export * from "./metrics/diversity.js";
export * from "./metrics/edit-distance.js";
export * from "./metrics/f1.js";
export * from "./metrics/matthews.js";
export * from "./metrics/nrmse.js";
export * from "./metrics/perplexity.js";
export * from "./metrics/rouge.js";
export type { Scores } from "./metrics/scores.js";
export * from "./metrics/span-f1.js";
export * from "./metrics/token-f1.js";
export type {
  Attention,
  AttentionMemory,
  AttentionOptions,
  AttentionRead,
  AttentionReader,
  AttentionReads,
} from "./models/attention.js";
export * from "./models/attention-additive.js";
export * from "./models/attention-multiplicative.js";
export * from "./models/attentive-captioner.js";
export * from "./models/bag-of-words.js";
export * from "./models/captioner.js";
export * from "./models/carried.js";
export * from "./models/classifier.js";
export type { Decoder, DecoderStep } from "./models/decoder.js";
export * from "./models/encoder-decoder.js";
export type { BridgeWeights } from "./models/encoder-decoder-bridge.js";
export type { Asking } from "./models/encoder-decoder-walk.js";
export * from "./models/esn.js";
export * from "./models/language-model.js";
export * from "./models/n-gram.js";
export * from "./models/naive-bayes.js";
export * from "./models/next-tokens.js";
export * from "./models/recurrent-model.js";
export * from "./models/regressor.js";
export * from "./models/scheduled-sampling.js";
export type { SequencePairs, TargetVocabulary } from "./models/sequence-pairs.js";
export * from "./models/summary.js";
export * from "./models/tagger.js";
export type { TokenReadoutWeights } from "./models/token-readout.js";
export * from "./models/weight-dropped.js";
export { Figure, palette } from "./plot/figure.js";
export * from "./plot/image.js";
export * as plot from "./plot/plot.js";
export * from "./train/adam.js";
export * from "./train/adamw.js";
export type { Evaluate, Evaluation } from "./train/best-weights.js";
export * from "./train/checkpoint.js";
export * from "./train/crf.js";
export type { Dtype } from "./train/dtype.js";
export type { ForeignWeights } from "./train/gate-order.js";
export * from "./train/keras-weights.js";
export * from "./train/loss.js";
export * from "./train/mean-squared-error.js";
export type { Optimizer, OptimizerState } from "./train/optimizer.js";
export * from "./train/pytorch-weights.js";
export * from "./train/rmsprop.js";
export * from "./train/safetensors.js";
export * from "./train/schedule.js";
export * from "./train/sequence-cross-entropy.js";
export * from "./train/sgd.js";
export * from "./train/tfjs-weights.js";
export * from "./train/trainer.js";
export type * from "./train/training.js";
