/** Takes the times: for each job all contestants are made warm, then take turns, so that noise meets all of them. */
import { median } from "../median.js";
import { type Contestant, foreseen, nameOf, takesPart } from "./line-up.js";
import type { Work } from "./shapes.js";

/** Until what a contestant's threads still do after its turn is over, in milliseconds: some spin before they sleep. */
const CALM = 30;

/** The medians of each contestant's turns, in milliseconds. */
export type Turns = Map<Contestant, number[]>;

export interface Taking {
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  /** How long a turn lasts: at least one run. */
  readonly seconds: number;
  readonly named: boolean;
  readonly signal: AbortSignal;
  /** Hears of each turn before it begins, and how long the one before was foreseen to take. */
  readonly onTurn: (round: number, name: string) => void;
  readonly onDone: (foreseen: number) => void;
  readonly say: (line: string) => void;
}

/** What the preparation of one contestant may take, in seconds. */
const PREPARATION = 1;

/** How long a job may take, in seconds. */
export function foreseenJob(work: Work, { contestants, rounds, seconds, named }: Taking): number {
  return contestants
    .filter((contestant) => takesPart(contestant, work, named))
    .reduce((sum, contestant) => {
      const run = foreseen(contestant, work);
      return sum + PREPARATION + run + rounds * Math.max(seconds, run);
    }, 0);
}

/** What was measured; when the signal ends it early, as many turns as there were. */
export async function takeTurns(work: Work, taking: Taking): Promise<Turns> {
  const { rounds, seconds, signal, onTurn, onDone, say } = taking;
  const turns: Turns = new Map();
  const failed = new Set<Contestant>();
  const attempt = async (contestant: Contestant, expected: number, action: () => Promise<void>) => {
    if (signal.aborted || failed.has(contestant)) return;
    try {
      await action();
    } catch (error) {
      failed.add(contestant);
      if (!signal.aborted) say(`${nameOf(contestant)} fails at ${nameOfWork(work)}: ${(error as Error).message}`);
    }
    onDone(expected);
  };

  const all = taking.contestants.filter((contestant) => takesPart(contestant, work, taking.named));
  for (const contestant of all) {
    onTurn(0, nameOf(contestant));
    await attempt(contestant, PREPARATION + foreseen(contestant, work), async () => {
      await contestant.player.ask({ do: "hello" }); // one that has died is started anew
      await contestant.player.ask({ do: "prepare", work });
      turns.set(contestant, []);
    });
  }
  for (let round = 1; round <= rounds; round++)
    for (const contestant of all) {
      onTurn(round, nameOf(contestant));
      await attempt(contestant, Math.max(seconds, foreseen(contestant, work)), async () => {
        const { times } = await contestant.player.ask<{ times: number[] }>({ do: "measure", seconds });
        turns.get(contestant)?.push(median(times));
        await new Promise((resolve) => setTimeout(resolve, CALM));
      });
    }
  return turns;
}

/** As progress and complaints name it. */
export function nameOfWork({ task, cell, T, B, I, H }: Work): string {
  return task === "product" ? `product of ${H}×${H}` : `${task} ${cell} T${T} B${B} I${I} H${H}`;
}
