import type { CellPlan, Operation, PlanPart } from "./cell-plan.js";
import { drawn, type Label, type Node } from "./drawing.js";
import { type Figure, palette, round } from "./figure.js";
import { titled } from "./text.js";
import { numbersOf, printed, shown, told, type Value, type ValueOptions } from "./value.js";

export interface CellDiagramOptions extends ValueOptions {
  readonly title?: string;
}

const SIZES = { input: 46, state: 46, join: 34, layer: 42, operation: 40 } as const; // pixels

/**
 * A cell as a diagram with the values that flow through it: discs are states, squares are layers with weights, small
 * discs are sums and products; the thick line is the way of the state through time. A part has the colour of its mean
 * (blue −1 … orange 1), the mouse is told all its numbers.
 *
 * @param plan which cell: `plot.rnnPlan`, `plot.memoryCellPlan`, `plot.lstmPlan`, `plot.gruPlan`, or one made by
 *   `plot.cellPlan`
 * @param values by the names of the plan's parts, as a cell's cache has them; sums and products follow from what flows
 *   into them. Without values the parts are blank
 * @throws when the plan has no such part, two values that meet have different lengths, a value is no number, or there is
 *   no such unit or row
 *
 * @example
 * const values = { cPrevious: 0.5, f: 0.9, u: 0.2, candidate: -0.7, r: 0.6 };
 * const figure = plot.cellDiagram(plot.lstmPlan, values, { title: "one step" });
 */
export function cellDiagram<P extends string>(
  plan: CellPlan<P>,
  values: { readonly [part in P & {}]?: Value } = {},
  { title = "", unit, row = 0 }: CellDiagramOptions = {},
): Figure {
  const names = Object.keys(plan.parts) as P[];
  const known = flow(plan, values, row);
  const nodes = names.map((name) => partNode(plan, name, known.get(name), unit));
  const labels = names.flatMap((name) => besideLabel(plan.parts[name]));
  const arrows = plan.arrows.map(({ from, to, via = [], highway = false }) => {
    const [start, end] = [plan.parts[from], plan.parts[to]];
    return {
      points: [start.at, ...via, end.at],
      gaps: [SIZES[start.kind] / 2, SIZES[end.kind] / 2 + 1] as const,
      ...(highway && { colour: palette[0]!, width: 4 }),
    };
  });
  const rows = names.map((name) => plan.parts[name].at[1]);
  const height = (title ? 60 : 20) + 72 * (Math.max(...rows) - Math.min(...rows) + 1);
  return drawn({ nodes, arrows, labels }, { title, height, rim: 0.5 }, titled(title, inWords(plan, known, unit)));
}

type Known<P> = ReadonlyMap<P, readonly number[]>;

/** What stands at each part: what was passed, and what follows from it along the arrows. */
function flow<P extends string>(plan: CellPlan<P>, values: Readonly<Partial<Record<P, Value>>>, row: number): Known<P> {
  const names = Object.keys(plan.parts) as P[];
  const known = new Map<P, readonly number[]>();
  for (const [name, value] of Object.entries(values) as [P, Value | undefined][]) {
    if (!Object.hasOwn(plan.parts, name)) {
      throw new RangeError(`cellDiagram: the ${plan.name} has no part "${name}", its parts are ${names.join(", ")}`);
    }
    if (value !== undefined) known.set(name, numbersOf(`cellDiagram: ${name}`, value, row));
  }
  const follow = (name: P): readonly number[] | undefined => {
    const { operation } = plan.parts[name];
    if (known.has(name) || !operation) return known.get(name);
    const sources = plan.arrows.filter(({ to }) => to === name).map(({ from }) => follow(from));
    if (!sources.every((source) => source !== undefined)) return undefined;
    const result = operate(`cellDiagram: ${plan.parts[name].meaning}`, operation, sources);
    known.set(name, result);
    return result;
  };
  names.forEach(follow);
  return known;
}

function operate(what: string, operation: Operation, sources: readonly (readonly number[])[]): readonly number[] {
  const [a, b = a!] = sources;
  if (a!.length !== b.length) {
    throw new RangeError(`${what}: ${a!.length} and ${b.length} numbers meet, expected as many`);
  }
  switch (operation) {
    case "same":
      return a!;
    case "tanh":
      return a!.map(Math.tanh);
    case "oneMinus":
      return a!.map((value) => 1 - value);
    case "times":
      return a!.map((value, i) => value * b[i]!);
    case "plus":
      return a!.map((value, i) => value + b[i]!);
  }
}

function partNode<P extends string>(
  plan: CellPlan<P>,
  name: P,
  numbers: readonly number[] | undefined,
  unit: number | undefined,
): Node {
  const { at, text, kind, meaning } = plan.parts[name];
  const value = numbers && shown(`cellDiagram: ${name}`, numbers, unitOf(plan.parts[name], unit));
  return {
    at,
    text: value === undefined ? text : `${text}<br>${printed(value)}`,
    shape: kind === "layer" ? "square" : "circle",
    size: SIZES[kind],
    hover: meaning + (numbers ? `<br>${told(numbers)}` : ""),
    ...(value !== undefined && { value }),
  };
}

function besideLabel({ at, beside }: PlanPart): Label[] {
  return beside ? [{ at: [at[0] - 0.38, at[1] + 0.12], text: beside, side: "middle left", size: 11 }] : [];
}

/** What is no state has a width of its own, and is always shown by its mean. */
const unitOf = ({ kind }: PlanPart, unit: number | undefined) =>
  kind === "input" || kind === "join" ? undefined : unit;

function inWords<P extends string>(plan: CellPlan<P>, known: Known<P>, unit: number | undefined): string {
  if (known.size === 0) {
    const meanings = Object.values<PlanPart>(plan.parts).map(({ meaning }) => meaning);
    return `${plan.name}: ${meanings.join("; ")}`;
  }
  const each = [...known].map(
    ([name, numbers]) => `${name} ${round(shown(name, numbers, unitOf(plan.parts[name], unit)), 3)}`,
  );
  const many = [...known.values()].some((numbers) => numbers.length > 1);
  return `${plan.name}${many ? (unit === undefined ? ", means" : `, unit ${unit}`) : ""}: ${each.join(", ")}`;
}
