/** Questions of the user's code go to the front end that sent the cell, its answers back to the main thread. */
import type { MessagePort } from "node:worker_threads";
import type { Answer, Question } from "../execution/link.js";
import type { Message } from "../wire/messages.js";
import type { Publisher } from "./publisher.js";

export class Stdin {
  #waiting: Question | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly answers: MessagePort,
  ) {}

  /** @param request the cell that asks; undefined where it is none that runs */
  ask(question: Question, request: Message | undefined): void {
    const { turn } = question;
    if (!request) this.#answer(question, { turn, refusal: "input() works only while its cell runs." });
    else if (request.content.allow_stdin === false)
      this.#answer(question, { turn, refusal: "input() needs somebody to ask, but this front end takes no input." });
    else {
      this.#waiting = question;
      this.publisher.reply("stdin", request, "input_request", { prompt: question.prompt, password: question.isSecret });
    }
  }

  reply({ header, content }: Message): void {
    if (header.msg_type !== "input_reply" || !this.#waiting) return;
    this.#answer(this.#waiting, { turn: this.#waiting.turn, value: String(content.value ?? "") });
  }

  /** The main thread waits no longer. */
  forget(): void {
    this.#waiting = undefined;
  }

  #answer({ bell }: Question, answer: Answer): void {
    this.#waiting = undefined;
    this.answers.postMessage(answer);
    Atomics.store(bell, 0, 1);
    Atomics.notify(bell, 0);
  }
}
