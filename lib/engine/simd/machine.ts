import type { Block } from "../block.js";
import { type Crew, openCrew } from "./crew.js";
import { type EngineMemory, MemoryFull, openMemory } from "./memory.js";
import { compileKernels, type Instructions } from "./module.js";
import { openWorkspace, type Workspace } from "./workspace.js";

/** What the kernels run on: compiled code, memory, threads. */
export interface Machine {
  readonly instructions: Instructions;
  readonly memory: EngineMemory;
  readonly space: Workspace;
  readonly crew: Crew;
  /** One task: what `body` returns; undefined where there is not enough memory for it. */
  task<R>(body: () => R): R | undefined;
  /** In how many parts so much work, in multiplications, is worth to be divided. */
  partsFor(work: number): number;
}

/** What one thread does in the time that it takes to call another: some ten microseconds. */
const WORTH_A_THREAD = 200_000;

export function openMachine(options: {
  instructions: Instructions | undefined;
  threads: number;
  shared: boolean;
}): Machine {
  const { module, instructions } = compileKernels(options.instructions, options.shared);
  const memory = openMemory(options.shared);
  const space = openWorkspace(memory);
  const crew = openCrew(module, memory, options.shared ? options.threads : 1);
  return {
    instructions,
    memory,
    space,
    crew,

    task(body) {
      crew.settle();
      space.begin();
      try {
        return body();
      } catch (error) {
        if (error instanceof MemoryFull) return undefined;
        throw error;
      }
    },

    partsFor: (work) => Math.max(1, Math.min(crew.threads, Math.floor(work / WORTH_A_THREAD))),
  };
}

/** Whether all blocks are of the one precision that kernels have. */
export function inFloat32(...blocks: readonly Block[]): boolean {
  return blocks.every(({ data }) => data instanceof Float32Array);
}

/** Blocks without gaps are one long row: then a kernel for rows of columns divides it as it likes. */
export function asOneRow<B extends Block>(blocks: readonly B[]): readonly Block[] {
  if (!blocks.every(({ rows, cols, stride }) => rows === 1 || stride === cols)) return blocks;
  return blocks.map(({ rows, cols, data, offset }) => {
    return { rows: 1, cols: rows * cols, data, offset, stride: rows * cols };
  });
}
