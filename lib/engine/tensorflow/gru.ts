import type { Recurrence } from "../recurrence.js";
import { contiguous } from "./contiguous.js";
import { type GateBlocks, takeGates } from "./gate-blocks.js";
import { addGates, meet, noGradients, type Walk } from "./walk.js";
import type { Tensor, Workspace } from "./workspace.js";

/** Ours z, r, candidate; TensorFlow's r and u = 1 − z = σ(−Z_z), and apart from them c. */
const gateBlocks: GateBlocks = [
  { ours: 1, sign: 1 },
  { ours: 0, sign: -1 },
];
const candidateBlock: GateBlocks = [{ ours: 2, sign: 1 }];

/**
 * The GRU: one operation a step forward, `GRUBlockCell`, and one back, `GRUBlockCellGrad`. That one gives the gradients
 * of x, h and Z; those of the weights are one product over all steps.
 *
 * @see Cho et al. 2014, Learning phrase representations using RNN encoder–decoder
 */
export function walkGru(space: Workspace, task: Recurrence): Walk {
  const { steps: T, batch: B, inputSize: D, hiddenSize: H } = task;
  const weights = [
    space.tensor([D + H, 2 * H], takeGates(task.W, H, gateBlocks)),
    space.tensor([D + H, H], takeGates(task.W, H, candidateBlock)),
    space.tensor([2 * H], takeGates(task.b, H, gateBlocks)),
    space.tensor([H], takeGates(task.b, H, candidateBlock)),
  ];
  const inputs = space.steps(space.tensor([T, B, D], task.x), T);
  const hs = [space.tensor([B, H], contiguous(task.initialState[0]!))];
  const gates: [r: Tensor, u: Tensor, candidate: Tensor][] = [];
  for (const [t, x] of inputs.entries()) {
    const [r, u, candidate, h] = space.run("GRUBlockCell", [x, hs[t]!, ...weights], {}, 4) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    gates.push([r, u, candidate]);
    hs.push(h);
  }

  return {
    states: [hs.slice(1)],

    backward(space, [arriving]) {
      const [dxs, dCandidates, dGates] = [new Array<Tensor>(T), new Array<Tensor>(T), new Array<Tensor>(T)];
      let dh = space.zeros(B, H);
      for (let t = T - 1; t >= 0; t--) {
        dh = meet(space, dh, arriving?.[t], [B, H]);
        const step = [inputs[t]!, hs[t]!, ...weights, ...gates[t]!, dh];
        const [dx, dhPrevious, dCandidate, dGate] = space.run("GRUBlockCellGrad", step, {}, 4) as [
          Tensor,
          Tensor,
          Tensor,
          Tensor,
        ];
        [dxs[t], dCandidates[t], dGates[t]] = [dx, dCandidate, dGate];
        dh = dhPrevious;
      }
      const h = space.rows(hs.slice(0, T));
      const [rh] = space.run("Mul", [space.rows(gates.map(([r]) => r)), h]) as [Tensor];
      const gradients = noGradients(task);
      addGates(space, task, { h, dZ: space.rows(dGates), blocks: gateBlocks }, gradients);
      addGates(space, task, { h: rh, dZ: space.rows(dCandidates), blocks: candidateBlock }, gradients);
      return { ...gradients, dx: space.read(space.rows(dxs)), dInitialState: [space.read(dh)] };
    },
  };
}
