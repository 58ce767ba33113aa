/** Questions to the person at the front end. The main thread stands still until the answer is there, as in a browser. */
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { CellContext } from "./cell-context.js";
import type { Answer, FromMain } from "./link.js";

/** Asks for a line of text; with `isSecret` it is not shown while it is typed. */
export type Ask = (prompt: string, isSecret: boolean) => string;

export function questions(context: CellContext, post: (message: FromMain) => void, answers: MessagePort): Ask {
  let turn = 0;

  return (prompt, isSecret) => {
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
  };
}
