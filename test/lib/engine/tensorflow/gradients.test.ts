import { gateCount, type RecurrenceKind } from "unroll/engine/recurrence.js";
import { openTensorflow } from "unroll/engine/tensorflow/tensorflow.js";
import { needsTfjs, type Tensor, type Tfjs } from "../../../support/tfjs.js";
import { assertNumbers } from "../framed.js";
import { draw } from "../recurrence-behaviour.js";

const [T, B, D, H] = [5, 3, 4, 6];

describe("the gradients that tf.grads finds by itself", () => {
  let tf: Tfjs;

  before(function () {
    tf = needsTfjs(this);
  });

  /** One step of each cell in TensorFlow.js's own words; Z = (x ‖ h)·W + b. */
  const step = (kind: RecurrenceKind, W: Tensor, b: Tensor, x: Tensor, [h, c]: Tensor[]): Tensor[] => {
    const affine = (state: Tensor, first: number, count: number) =>
      tf
        .concat([x, state], 1)
        .matMul(W.slice([0, first * H], [D + H, count * H]))
        .add(b.slice([0, first * H], [1, count * H]));
    if (kind === "rnn") return [affine(h!, 0, 1).tanh()];
    if (kind === "lstm") {
      const [f, u, r] = [0, 1, 2].map((gate) => affine(h!, gate, 1).sigmoid()) as [Tensor, Tensor, Tensor];
      const next = f.mul(c!).add(u.mul(affine(h!, 3, 1).tanh()));
      return [r.mul(next.tanh()), next];
    }
    const [z, r] = [affine(h!, 0, 1).sigmoid(), affine(h!, 1, 1).sigmoid()];
    const candidate = affine(r.mul(h!), 2, 1).tanh();
    return [h!.add(z.mul(candidate.sub(h!)))];
  };

  for (const kind of ["rnn", "lstm", "gru"] as const) {
    it(`are those of this engine for a small ${kind}`, () => {
      const { task, dh } = draw({ kind, T, B, D, H }, 3);
      const run = openTensorflow({ smallest: 0, fewestSteps: 0 }).recurrence(task)!;
      const found = run.backward(dh, undefined);
      const G = gateCount[kind];

      // E = Σ dh∗h, so that ∂E/∂h is dh
      const error = (W: Tensor, b: Tensor, x: Tensor, ...start: Tensor[]) => {
        let state = start;
        let E = tf.tensor(Float32Array.of(0), [1]).sum();
        for (let t = 0; t < T; t++) {
          state = step(kind, W, b, x.slice([t * B, 0], [B, D]), state);
          E = E.add(state[0]!.mul(tf.tensor(dh.slice(t * B * H, (t + 1) * B * H), [B, H])).sum());
        }
        return E;
      };
      tf.tidy(() => {
        const single = (data: ArrayLike<number>, shape: number[]) => tf.tensor(Float32Array.from(data), shape);
        const [dW, db, dx, ...dStart] = tf.grads(error)([
          single(task.W.data.subarray(0, (D + H) * G * H), [D + H, G * H]),
          single(task.b.data.subarray(0, G * H), [1, G * H]),
          single(task.x, [T * B, D]),
          ...task.initialState.map(({ data }) => single(data.subarray(0, B * H), [B, H])),
        ]);
        assertNumbers("dW", found.dW, dW!.dataSync(), 1e-5);
        assertNumbers("db", found.db, db!.dataSync(), 1e-5);
        assertNumbers("dx", found.dx, dx!.dataSync(), 1e-5);
        dStart.forEach((part, k) => {
          assertNumbers(`dInitialState ${k}`, found.dInitialState[k]!, part.dataSync(), 1e-5);
        });
      });
    });
  }
});
