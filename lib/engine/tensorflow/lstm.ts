import type { Recurrence } from "../recurrence.js";
import { contiguous } from "./contiguous.js";
import { type GateBlocks, takeGates } from "./gate-blocks.js";
import { addGates, meet, noGradients, type Walk } from "./walk.js";
import type { Tensor, Workspace } from "./workspace.js";

/** Ours f, u, r, candidate; TensorFlow's i, c, f, o. */
const blocks: GateBlocks = [
  { ours: 1, sign: 1 },
  { ours: 3, sign: 1 },
  { ours: 0, sign: 1 },
  { ours: 2, sign: 1 },
];

/**
 * The LSTM: all steps forward in one operation, `BlockLSTM`. Back one operation a step, `LSTMBlockCellGrad`, and one
 * product; then one for the weights of all steps. The operation for the whole way back, `BlockLSTMGrad`, sums the
 * weights' gradient step by step and takes up to twice as long.
 *
 * `BlockLSTMV2` differs by the order of the gates alone, i, f, c, o; this one has it like the single step.
 *
 * @see Zaremba, Sutskever & Vinyals 2014, Recurrent neural network regularization: what the operations compute
 */
export function walkLstm(space: Workspace, task: Recurrence): Walk {
  const { steps: T, batch: B, inputSize: D, hiddenSize: H, x } = task;
  const packed = takeGates(task.W, H, blocks);
  const W = space.tensor([D + H, 4 * H], packed);
  const b = space.tensor([4 * H], takeGates(task.b, H, blocks));
  const sequence = space.tensor([T, B, D], x);
  const [h0, c0] = task.initialState.map((part) => space.tensor([B, H], contiguous(part))) as [Tensor, Tensor];
  const noPeephole = space.zeros(H);
  const weights = [W, noPeephole, noPeephole, noPeephole, b];
  const [i, c, f, o, candidate, tanhC, h] = space.run(
    "BlockLSTM",
    [space.int64(T), sequence, c0, h0, ...weights],
    { forget_bias: { float: 0 }, cell_clip: { float: -1 }, use_peephole: false }, // −1 clips nothing
    7,
  ) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const states = { h: space.steps(h, T), c: space.steps(c, T) };

  return {
    states: [states.h, states.c],

    backward(space, [dhArriving, dcArriving]) {
      const gates = [i, f, o, candidate, tanhC].map((gate) => space.steps(gate, T));
      const inputs = space.steps(sequence, T);
      const WhTransposed = space.transposed(space.tensor([H, 4 * H], packed.subarray(D * 4 * H)));
      const [hs, cs] = [
        [h0, ...states.h],
        [c0, ...states.c],
      ];
      const dZs = new Array<Tensor>(T);
      let [dh, dc] = [space.zeros(B, H), space.zeros(B, H)];
      for (let t = T - 1; t >= 0; t--) {
        dh = meet(space, dh, dhArriving?.[t], [B, H]);
        dc = meet(space, dc, dcArriving?.[t], [B, H]);
        const [it, ft, ot, candidateT, tanhCt] = gates.map((steps) => steps[t]!) as [
          Tensor,
          Tensor,
          Tensor,
          Tensor,
          Tensor,
        ];
        const before = [inputs[t]!, cs[t]!, hs[t]!, ...weights];
        const step = [it, cs[t + 1]!, ft, ot, candidateT, tanhCt];
        const [dcPrevious, dZ] = space.run(
          "LSTMBlockCellGrad",
          [...before, ...step, dc, dh],
          { use_peephole: false },
          5,
        ) as [Tensor, Tensor];
        dZs[t] = dZ;
        dh = space.product(dZ, WhTransposed);
        dc = dcPrevious;
      }
      const dZ = space.rows(dZs);
      const gradients = noGradients(task);
      addGates(space, task, { h: space.rows(hs.slice(0, T)), dZ, blocks }, gradients);
      const Wx = space.tensor([D, 4 * H], packed.subarray(0, D * 4 * H));
      const dx = space.product(dZ, Wx, { transposeB: true });
      return { ...gradients, dx: space.read(dx), dInitialState: [space.read(dh), space.read(dc)] };
    },
  };
}
