import type { Binding } from "./binding.js";
import type { Walk } from "./walk.js";
import { Workspace } from "./workspace.js";

/** What a walk forward keeps for the way back, and the tensors that are in it. */
export interface Tape {
  readonly space: Workspace;
  readonly bytes: number;
  walk?: Walk;
}

/** How much is kept of walks that nobody has gone back yet, such as all those of an evaluation. */
const MOST = 256 * 2 ** 20; // bytes

/** The tapes in use, the oldest first; the oldest give way when there is too much. */
export function tapes(binding: Binding) {
  const kept = new Set<Tape>();

  function end(tape: Tape): void {
    kept.delete(tape);
    tape.space.clear();
  }

  return {
    record(bytes: number, walk: (space: Workspace) => Walk): Tape {
      let sum = bytes;
      for (const tape of kept) sum += tape.bytes;
      for (const tape of kept) {
        if (sum <= MOST) break;
        sum -= tape.bytes;
        end(tape);
      }
      const tape: Tape = { space: new Workspace(binding), bytes };
      kept.add(tape); // before the walk: of one that is interrupted the tensors end too
      tape.walk = walk(tape.space);
      return tape;
    },

    /** The walk, unless its tape has given way. */
    read: (tape: Tape): Walk | undefined => (kept.has(tape) ? tape.walk : undefined),
    end,
  };
}
