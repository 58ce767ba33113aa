import type { Recurrence } from "../recurrence.js";
import { contiguous } from "./contiguous.js";
import { takeGates } from "./gate-blocks.js";
import { addGates, meet, noGradients, type Walk } from "./walk.js";
import type { Tensor, Workspace } from "./workspace.js";

const blocks = [{ ours: 0, sign: 1 }] as const;

/**
 * The RNN, for which TensorFlow has no operation: x·W of all steps is one product, h·W one a step, and the gradient of
 * the weights is one over all steps.
 */
export function walkRnn(space: Workspace, task: Recurrence): Walk {
  const { kind, steps: T, batch: B, inputSize: D, hiddenSize: H } = task;
  const Wx = space.tensor([D, H], takeGates(task.W, H, blocks, 0, D));
  const Wh = space.tensor([H, H], takeGates(task.W, H, blocks, D));
  const b = space.tensor([H], contiguous(task.b));
  const fromInputs = space.add(space.product(space.tensor([T * B, D], task.x), Wx), b);
  const hs = [space.tensor([B, H], contiguous(task.initialState[0]!))];
  for (const [t, z] of space.split(fromInputs, T).entries()) {
    const Z = space.add(z, space.product(hs[t]!, Wh));
    const [h] = space.run(kind === "rnn" ? "Tanh" : "Relu", [Z]) as [Tensor];
    hs.push(kind === "rnn" ? h : withoutEnded(space, task, t, h));
  }

  return {
    states: [hs.slice(1)],

    backward(space, [arriving]) {
      const WhTransposed = space.transposed(Wh);
      const dZs = new Array<Tensor>(T);
      let dh = space.zeros(B, H);
      for (let t = T - 1; t >= 0; t--) {
        dh = meet(space, dh, arriving?.[t], [B, H]);
        const h = hs[t + 1]!;
        const [dZ] = (kind === "rnn" ? space.run("TanhGrad", [h, dh]) : space.run("ReluGrad", [dh, h])) as [Tensor];
        dZs[t] = dZ;
        dh = space.product(dZ, WhTransposed);
      }
      const dZ = space.rows(dZs);
      const gradients = noGradients(task);
      addGates(space, task, { h: space.rows(hs.slice(0, T)), dZ, blocks }, gradients);
      const dx = space.product(dZ, Wx, { transposeB: true });
      return { ...gradients, dx: space.read(dx), dInitialState: [space.read(dh)] };
    },
  };
}

/**
 * The states of the sequences that step t still belongs to, 0 for those that have ended: what relu makes behind an end
 * may grow beyond all numbers, and ∞·0 is none.
 */
function withoutEnded(space: Workspace, { batch, lengths }: Recurrence, t: number, h: Tensor): Tensor {
  if (!lengths?.some((length) => length <= t)) return h;
  const goesOn = Float32Array.from(lengths, (length) => (length > t ? 1 : 0));
  return space.run("Mul", [h, space.tensor([batch, 1], goesOn)])[0]!;
}
