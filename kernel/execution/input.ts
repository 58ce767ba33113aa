/** Questions to the person at the front end. The main thread stands still until the answer is there, as in a browser. */
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { CellContext } from "./cell-context.js";
import type { Answer, FromMain } from "./link.js";

/** The globals that ask. */
export interface Questions {
  /** Asks for a line of text; with `password` it is not shown while it is typed. */
  input(prompt?: string, options?: { password?: boolean }): string;
  /** Asks for a line of text, with `preset` where the line stays empty. */
  prompt(message?: string, preset?: string): string;
  /** Asks a question that is answered by yes or no. */
  confirm(message?: string): boolean;
}

export function installInput(context: CellContext, post: (message: FromMain) => void, answers: MessagePort): void {
  let turn = 0;

  function ask(prompt: string, isSecret: boolean): string {
    turn++;
    const bell = new Int32Array(new SharedArrayBuffer(4));
    post({ op: "ask", cell: context.owner?.id ?? 0, prompt, isSecret, bell, turn });
    Atomics.wait(bell, 0, 0); // an interrupt ends it
    for (;;) {
      const answer = receiveMessageOnPort(answers)?.message as Answer | undefined;
      if (!answer) throw new Error("The answer was lost on its way: please ask again.");
      if (answer.turn !== turn) continue; // for a question that was interrupted
      if ("refusal" in answer) throw new Error(answer.refusal);
      return answer.value;
    }
  }

  const questions: Questions = {
    input: (prompt = "", { password = false } = {}) => ask(String(prompt), password),
    prompt: (message = "", preset = "") => ask(preset ? `${message} [${preset}] ` : String(message), false) || preset,
    confirm: (message = "") => /^\s*y(es)?\s*$/i.test(ask(`${message} [y/n] `, false)),
  };
  Object.assign(globalThis, questions);
}
