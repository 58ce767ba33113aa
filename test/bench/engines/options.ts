/** The command line of `npm run bench`. */
import { parseArgs } from "node:util";
import { CELLS, type CellName, SHAPES, type ShapeName, TASKS, type Task } from "./shapes.js";

const ENGINES = ["native", "simd", "tensorflow", "reference"] as const;
export type OurEngine = (typeof ENGINES)[number];
const PEERS = ["pytorch", "tfjs-wasm", "tfjs-node"] as const;
export type Peer = (typeof PEERS)[number];

export const HELP = `npm run bench [-- OPTIONS]: our engines beside PyTorch and TensorFlow.js

  --shapes XS,S,C,L,P           sizes; writing one token at a time is measured at C
  --cells rnn,lstm,gru
  --tasks train,generate
  --engines native,simd,…       of ours; "reference" by name runs the large shapes too
  --peers pytorch,tfjs-wasm,…   tfjs-node where npm run setup:tensorflow was run; none
  --nodes 20,22                 versions of Node.js, fetched with npx where they are others
  --rounds 5                    how often all take turns
  --seconds 0.5                 how long a turn lasts
  --python FILE                 a Python that has torch; by default one is set up in a cache folder
  --more                        also an epoch of MNIST, the engines' start, growth and contention
  --readme                      writes the tables into README.md
  --json FILE                   what is written, by default test/bench/bench.json

Ctrl-C ends everything that was started and keeps what was measured.`;

export interface Options {
  readonly shapes: readonly ShapeName[];
  readonly cells: readonly CellName[];
  readonly tasks: readonly Task[];
  readonly engines: readonly OurEngine[];
  /** Whether the engines were named: then the slow ones run everything. */
  readonly named: boolean;
  readonly peers: readonly Peer[];
  readonly nodes: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly python: string | undefined;
  readonly more: boolean;
  readonly readme: boolean;
  readonly json: string | undefined;
}

/**
 * @param words what stands behind `--`
 * @returns undefined where help is asked for
 * @throws a sentence that names the option, what it is and what was expected
 */
export function readOptions(words: string[]): Options | undefined {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: words,
    options: {
      shapes: text,
      cells: text,
      tasks: text,
      engines: text,
      peers: text,
      nodes: { ...text, default: "20,22" },
      rounds: { ...text, default: "5" },
      seconds: { ...text, default: "0.5" },
      python: text,
      json: text,
      more: flag,
      readme: flag,
      help: { ...flag, short: "h" },
    },
  });
  if (values.help) return undefined;
  return {
    shapes: list("shapes", values.shapes, Object.keys(SHAPES) as ShapeName[]),
    cells: list("cells", values.cells, CELLS),
    tasks: list("tasks", values.tasks, TASKS),
    engines: list("engines", values.engines, ENGINES),
    named: values.engines !== undefined,
    peers: values.peers === "none" ? [] : list("peers", values.peers, PEERS),
    nodes: versions(values.nodes),
    rounds: positive("rounds", values.rounds, Number.isInteger),
    seconds: positive("seconds", values.seconds, Number.isFinite),
    python: values.python,
    more: values.more,
    readme: values.readme,
    json: values.json,
  };
}

/** The members named, in the order in which all stand; all of them where none is named. */
function list<Name extends string>(option: string, given: string | undefined, all: readonly Name[]): Name[] {
  const named = given?.split(",").map((name) => name.trim().toLowerCase()) ?? all.map((name) => name.toLowerCase());
  const unknown = named.find((name) => !all.some((each) => each.toLowerCase() === name));
  if (unknown !== undefined) throw new RangeError(`--${option}: there is no "${unknown}", take ${all.join(", ")}.`);
  return all.filter((name) => named.includes(name.toLowerCase()));
}

function versions(given: string): string[] {
  const named = [...new Set(given.split(",").map((version) => version.trim()))];
  const wrong = named.find((version) => !/^\d+(\.\d+){0,2}$/.test(version));
  if (wrong !== undefined) throw new RangeError(`--nodes: "${wrong}" is no version, expected one such as 22.`);
  return named;
}

function positive(option: string, given: string, isFit: (value: number) => boolean): number {
  const value = Number(given);
  if (!(isFit(value) && value > 0)) {
    const expected = isFit === Number.isInteger ? "a whole number ≥ 1" : "a number > 0";
    throw new RangeError(`--${option} is "${given}", expected ${expected}.`);
  }
  return value;
}
