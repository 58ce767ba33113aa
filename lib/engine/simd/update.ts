import type { Engine, UpdateRule } from "../engine.js";
import { asOneRow, inFloat32, type Machine } from "./machine.js";
import type { Operand } from "./workspace.js";

/** Below so many weights, a plain loop is done before the operands are laid out. */
const FEW = 64;

/** The optimisers' steps; what is not float32 goes to `otherwise`. */
export function updateOn(machine: Machine, otherwise: Engine["update"]): Engine["update"] {
  const { crew, space } = machine;
  return (rule, weights, gradient, memory) => {
    const done =
      inFloat32(weights, gradient, ...memory) &&
      weights.rows * weights.cols >= FEW &&
      machine.task(() => {
        const [w, g, ...kept] = asOneRow([weights, gradient, ...memory]);
        const { rows, cols } = w!;
        const places = [space.write(w!, { keep: true }), space.read(g!)];
        for (const block of kept) places.push(space.write(block, { keep: true }));
        const [kernel, numbers] = kernelOf(rule, places);
        crew.run(kernel, machine.partsFor(4 * rows * cols), [rows, cols, ...numbers]);
        space.finish();
        return true;
      });
    if (!done) otherwise(rule, weights, gradient, memory);
  };
}

/** The kernel of a rule, and what it is given: where θ, g and its memory lie, or 0, and the rule's numbers. */
function kernelOf(rule: UpdateRule, places: readonly Operand[]): [string, number[]] {
  const given = (count: number) =>
    Array.from({ length: count }, (_, k) => [places[k]?.address ?? 0, places[k]?.stride ?? 0]).flat();
  if (rule.kind === "moments") {
    const { beta1, beta2, meanRate, squareCorrection, kept, epsilon } = rule;
    return ["moments", [...given(4), beta1, beta2, meanRate, squareCorrection, kept, epsilon]];
  }
  if (rule.kind === "rmsprop") return ["rmsprop", [...given(4), rule.rate, rule.alpha, rule.epsilon]];
  return ["momentum", [...given(3), Number(rule.nesterov), rule.rate, rule.momentum]];
}
