import { builtInSelfDialogue } from "./built-in/self-dialogue.js";
import type { DataSet } from "./data-set.js";
import { packedSet } from "./packed-set.js";
import { tabbed } from "./row-readers.js";

export interface Exchange {
  /** What the talk is about: "star_wars". */
  readonly topic: string;
  readonly prompt: string;
  readonly reply: string;
}

/**
 * Two turns of a talk about films, music or sport that one person made up for both sides: short ones of frequent words.
 * Where the data set is not installed, 84 exchanges that were written for this course stand in for it.
 *
 * @returns 30,000 pairs to train on, 1,000 dev and 1,000 test
 * @throws one sentence, when a file of the data set is damaged
 * @see Fainberg et al. 2018, Talking to myself: self-dialogues as data for conversational agents; licence BSD 3-Clause
 *
 * @example
 * const first = selfDialogue().train[0]!;
 * console.log(first.prompt, first.reply); // Hello. Do you enjoy thrillers?
 */
export function selfDialogue(): DataSet<Exchange> {
  return packedSet(
    "self-dialogue",
    tabbed("topic TAB prompt TAB reply", (topic, prompt, reply, ...more) =>
      topic && prompt && reply && more.length === 0 ? { topic, prompt, reply } : undefined,
    ),
    builtInSelfDialogue,
  );
}
