/** Who takes part: each contestant is a player, started and warm, in a process of its own. */
import { join } from "node:path";
import { projectFolder } from "../../support/project.js";
import type { Options, OurEngine, Peer } from "./options.js";
import { nodeProgram, pytorch, tfjsNode, tfjsWasm } from "./peers.js";
import { Player } from "./player.js";
import { gigaOperations, type Work } from "./shapes.js";

export interface Contestant {
  readonly engine: OurEngine | Peer;
  /** The version of Node.js that it runs in, where it does. */
  readonly node: string | null;
  readonly threads: number;
  /** What it says of itself. */
  readonly about: string;
  readonly player: Player;
  /** How it is started: a program and its arguments. */
  readonly command: readonly string[];
}

/**
 * Starts all that is wanted and there.
 *
 * @param say hears one line of each that takes part, and one of each that does not, with the reason
 * @param onStart gets every player before it is asked anything: it may have to be stopped
 */
export async function lineUp(
  { engines, peers, nodes, python }: Options,
  say: (line: string) => void,
  onStart: (player: Player) => void,
): Promise<Contestant[]> {
  const here: Contestant[] = [];
  const enter = async (engine: Contestant["engine"], where: string, command: () => Promise<readonly string[]>) => {
    const name = where ? `${engine} on Node.js ${where}` : engine;
    let player: Player | undefined;
    try {
      const words = await command();
      player = new Player(words);
      onStart(player);
      const said = await player.ask<{ threads: number; node?: string; about: string }>({ do: "hello" });
      here.push({ engine, node: null, ...said, player, command: words });
      say(`${name}: ${said.about}`);
    } catch (error) {
      player?.stop();
      say(`${name} is left out: ${(error as Error).message}`);
    }
  };

  const beside = (file: string) => join(import.meta.dirname, file);
  const first = nodes[0]!;
  const commands: Record<Peer, () => Promise<readonly string[]>> = {
    pytorch: async () => [await pytorch(python), join(projectFolder, "test", "bench", "engines", "pytorch.py")],
    "tfjs-wasm": async () => [await nodeProgram(first), beside("tfjs.js"), await tfjsWasm(), "wasm"],
    "tfjs-node": async () => [await nodeProgram(first), beside("tfjs.js"), tfjsNode(), "node"],
  };
  for (const peer of peers) await enter(peer, "", commands[peer]);
  for (const engine of engines)
    for (const node of runsEverywhere(engine) ? nodes : [first])
      await enter(engine, node, async () => [await nodeProgram(node), beside("ours.js"), engine]);
  return here;
}

/** The engines whose speed the version of Node.js may change, and that are meant to be fast in each. */
const runsEverywhere = (engine: OurEngine) => engine === "native" || engine === "simd";

/** More than this a slow one does not do unless it is asked by name, in 10⁹ operations: a step would take seconds. */
const MOST: Partial<Record<Contestant["engine"], number>> = { reference: 1.5, "tfjs-wasm": 1, "tfjs-node": 5 };

/** Whether a contestant does this work. */
export function takesPart({ engine }: Pick<Contestant, "engine">, work: Work, named: boolean): boolean {
  if (engine.startsWith("tfjs") && work.task !== "train") return false;
  if (engine === "reference" && named && work.task !== "product") return true;
  return gigaOperations(work) <= (MOST[engine] ?? Number.POSITIVE_INFINITY);
}

/** In 10⁹ operations a second: only to foresee how long the bench takes. */
const ABOUT: Partial<Record<Contestant["engine"], number>> = { reference: 3, "tfjs-wasm": 1.5, "tfjs-node": 8 };

/** How long one run of the work may take, in seconds. */
export function foreseen({ engine }: Pick<Contestant, "engine">, work: Work): number {
  return gigaOperations(work) / (ABOUT[engine] ?? 60);
}

/** As a column or a line names it. */
export function nameOf({ engine, node }: Pick<Contestant, "engine" | "node">): string {
  return node === null || engine.startsWith("tfjs") ? engine : `${engine}, Node ${node.split(".")[0]}`;
}
