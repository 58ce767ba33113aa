/**
 * What attacks are made of: a notebook that is worth `HONEST` points with something added to it. None may get more.
 */
import type { Notebook } from "#kernel/client/notebook.js";
import { type Answers, code, notebook, solutions } from "../../sample/source.js";
import type { Sample } from "../ordinary.js";

export interface Attack extends Omit<Sample, "score"> {
  /** Where it is not `HONEST`. */
  readonly score?: number;
}

/** What an attack goes for. */
export interface Targets {
  /** A file with results. */
  readonly results: string;
  /** The hidden parts of this assignment. */
  readonly spec: string;
  /** Files that hold solutions of exercises. */
  readonly solutions: readonly string[];
}

/** Two exercises are solved. */
export const honest: Answers = { "rnn-step": solutions["rnn-step"], "rnn-backward": solutions["rnn-backward"] };
export const HONEST = 60;

/** The honest notebook behind a cell that runs first. */
export function before(source: string): Notebook {
  const made = notebook(honest);
  made.cells.unshift(code("attack", source));
  return made;
}

/** The honest notebook with a function in place of the third answer. */
export const returning = (value: string): Notebook =>
  notebook({ ...honest, normalise: `function normalise(scores: readonly number[]): any { ${value} }` });

export const guarded = (source: string) => `try { ${source} } catch {}`;
