import type { Point } from "./drawing.js";

/** What a part of a cell does with what its arrows bring. */
export type Operation = "same" | "times" | "plus" | "oneMinus" | "tanh";

export interface PlanPart {
  readonly at: Point;
  /** What stands in it; `<sub>` is read. */
  readonly text: string;
  /** An input, a state, what stands side by side, a layer with weights, or a sum or product that has none. */
  readonly kind: "input" | "state" | "join" | "layer" | "operation";
  /** What it is, in words and as its equation. */
  readonly meaning: string;
  /** How its value follows from those that its arrows bring, in their order; a layer's is to be passed. */
  readonly operation?: Operation;
  /** A word beside a layer: its squashing function. */
  readonly beside?: string;
}

export interface PlanArrow<P extends string> {
  readonly from: P;
  readonly to: P;
  /** The corners on the way. */
  readonly via?: readonly Point[];
  /** Whether it is the way on which the state goes through time. */
  readonly highway?: boolean;
}

/** A cell as its diagram shows it: plain data, one file a cell. */
export interface CellPlan<P extends string> {
  readonly name: string;
  readonly parts: Readonly<Record<P, PlanPart>>;
  readonly arrows: readonly PlanArrow<P>[];
}

/** The plan as it is, with the names of its parts for the compiler to check. */
export function cellPlan<P extends string>(plan: {
  readonly name: string;
  readonly parts: Readonly<Record<P, PlanPart>>;
  readonly arrows: readonly PlanArrow<P & {}>[];
}): CellPlan<P> {
  return plan;
}
