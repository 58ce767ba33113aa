import type { Matrix } from "../math/matrix.js";
import type { WeightTree } from "../math/weights.js";

/** What a decoder expects after a token. N is the number of texts that are being written. */
export interface DecoderStep<S extends WeightTree> {
  /** N×V: the token that comes next has the probabilities softmax(logits). */
  readonly logits: Matrix;
  readonly state: S;
  /** N×T: where in its source each text looks, if the decoder has attention. */
  readonly attention?: Matrix | undefined;
}

/**
 * What writes texts token by token, whatever it is that it writes about. How tokens are chosen is not its business: see
 * `greedy`, `sample` and `beamSearch`.
 */
export interface Decoder<S extends WeightTree = WeightTree> {
  /** Before the first token: in each matrix a row for each text that is to be written. */
  readonly initialState: S;

  /**
   * Reads one token for each text.
   *
   * @param state matrices with N rows, one for each text: rows may be left out, doubled and put in another order
   * @param ids N tokens
   */
  step(state: S, ids: Int32Array): DecoderStep<S>;
}
