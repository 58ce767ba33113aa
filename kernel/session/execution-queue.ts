/** Cells wait here, run one after the other, and are reported; an error gives up those that wait behind it. */
import { setTimeout as delay } from "node:timers/promises";
import type { ErrorContent } from "../execution/link.js";
import type { Content, Message } from "../wire/messages.js";
import type { Evaluation, Evaluator } from "./evaluator.js";
import type { History } from "./history.js";
import type { Owners } from "./owners.js";
import type { Publisher } from "./publisher.js";

/**
 * How long requests that were sent before the error could be seen may still be on their way, in milliseconds. What comes
 * after the error has been told is a wish of its own, and runs.
 */
const ON_THEIR_WAY = 10;

export class ExecutionQueue {
  readonly #waiting: Message[] = [];
  #running: Message | undefined;
  #count = 0;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly publisher: Publisher,
    private readonly history: History,
    private readonly owners: Owners,
    /** Is called when no cell runs or waits any more. */
    private readonly finished: () => void = () => {},
  ) {}

  /** The request that runs at this moment. */
  get running(): Message | undefined {
    return this.#running;
  }

  add(request: Message): void {
    this.#waiting.push(request);
    if (!this.#running) void this.#work();
  }

  async #work(): Promise<void> {
    while ((this.#running = this.#waiting.shift())) await this.#execute(this.#running);
    this.finished();
  }

  async #execute(request: Message): Promise<void> {
    const { publisher } = this;
    const { header, content } = request;
    const code = String(content.code ?? "");
    const count = this.#count + 1;
    publisher.status("busy", header);
    if (!content.silent) {
      if (content.store_history !== false) {
        this.#count = count;
        this.history.add(count, code);
      }
      publisher.publish("execute_input", { code, execution_count: count }, header);
    }
    const started = new Date().toISOString();
    const { cellId } = request.metadata;
    const place = typeof cellId === "string" ? cellId : undefined; // JupyterLab says it
    const evaluation = await this.#evaluate(request, code, content.silent ? "cell" : `cell ${count}`, place);
    // taken out before the reply is sent: what the front end asks for after it has read that is a wish of its own
    const givenUp = evaluation.status === "ok" ? [] : await this.#givenUp(request);
    const outcome =
      evaluation.status === "ok" ? await this.#success(request, evaluation, count) : this.#failure(request, evaluation);
    const reply = { ...outcome, execution_count: count, payload: [] };
    publisher.reply("shell", request, "execute_reply", reply, { started, status: outcome.status });
    publisher.status("idle", header);
    for (const waiting of givenUp) this.#abort(waiting);
  }

  #evaluate(request: Message, code: string, title: string, place?: string): Promise<Evaluation> {
    return this.evaluator.evaluate(code, this.owners.add(request), title, place);
  }

  async #success(
    request: Message,
    { result }: { result?: string },
    count: number,
  ): Promise<{ status: "ok"; user_expressions: Content }> {
    if (result && !request.content.silent)
      // the result is JSON already: the count is put into it
      this.publisher.publish("execute_result", `{"execution_count":${count},${result.slice(1)}`, request.header);
    const expressions: Content = {};
    for (const [name, code] of Object.entries((request.content.user_expressions ?? {}) as Record<string, unknown>)) {
      const value = await this.#evaluate(request, String(code), `expression ${name}`);
      expressions[name] =
        value.status === "ok"
          ? {
              status: "ok",
              ...(JSON.parse(value.result ?? '{"data":{"text/plain":"undefined"},"metadata":{}}') as object),
            }
          : { status: "error", ...value.error };
    }
    return { status: "ok", user_expressions: expressions };
  }

  /** What waits behind a cell that failed, and will not run. */
  async #givenUp(failed: Message): Promise<Message[]> {
    if (failed.content.stop_on_error === false) return [];
    await delay(ON_THEIR_WAY);
    return this.#waiting.splice(0);
  }

  #failure(
    request: Message,
    { error, isShown }: { error: ErrorContent; isShown: boolean },
  ): { status: "error" } & ErrorContent {
    if (!isShown && !request.content.silent) this.publisher.publish("error", { ...error }, request.header);
    return { status: "error", ...error };
  }

  #abort(request: Message): void {
    this.publisher.status("busy", request.header);
    // without a number: front ends would write it beside the cell, as if it had run
    this.publisher.reply("shell", request, "execute_reply", { status: "aborted" });
    this.publisher.status("idle", request.header);
  }
}
