/** Every request but a cell: each is answered at once, on the channel it came from, also while a cell runs. */
import type { Channel } from "../wire/connection.js";
import type { Content, Message } from "../wire/messages.js";
import type { Comms } from "./comms.js";
import type { ExecutionQueue } from "./execution-queue.js";
import type { History } from "./history.js";
import { kernelInfo } from "./kernel-info.js";
import type { LanguageRequests } from "./language-requests.js";
import type { Publisher } from "./publisher.js";

type Handler = (message: Message) => Content | Promise<Content>;

export interface Actions {
  interrupt(): void;
  /** Ends the process, after the reply has gone. */
  shutdown(): void;
}

const COMM = new Set(["comm_open", "comm_msg", "comm_close"]);

export class Requests {
  readonly #handlers: Record<string, Handler>;

  constructor(
    private readonly publisher: Publisher,
    private readonly queue: ExecutionQueue,
    private readonly comms: Comms,
    private readonly actions: Actions,
    history: History,
    language: LanguageRequests,
  ) {
    this.#handlers = {
      kernel_info_request: () => kernelInfo,
      complete_request: ({ content }) => language.complete(content),
      inspect_request: ({ content }) => language.inspect(content),
      is_complete_request: ({ content }) => language.isComplete(content),
      history_request: ({ content }) => history.reply(content),
      comm_info_request: ({ content }) => comms.info(content),
      debug_request: ({ content }) => debugRefusal(content),
      interrupt_request: () => {
        actions.interrupt();
        return { status: "ok" };
      },
      shutdown_request: ({ content }) => ({ status: "ok", restart: content.restart === true }),
    };
  }

  async handle(channel: Channel, message: Message): Promise<void> {
    const type = message.header.msg_type;
    if (type === "execute_request" && channel === "shell") return this.queue.add(message);
    if (COMM.has(type)) return this.comms.receive(message);
    this.publisher.status("busy", message.header);
    if (type.endsWith("_request")) await this.#answer(channel, message, type.replace(/request$/, "reply"));
    this.publisher.status("idle", message.header);
    // front ends take the last status for the kernel's: a running cell keeps it busy
    if (this.queue.running) this.publisher.status("busy", this.queue.running.header);
    if (type === "shutdown_request") this.actions.shutdown();
  }

  async #answer(channel: Channel, message: Message, replyType: string): Promise<void> {
    const handler = this.#handlers[message.header.msg_type] ?? refuse;
    let content: Content;
    try {
      content = await handler(message);
    } catch (error) {
      content = errorReply("InternalError", (error as Error).message);
    }
    this.publisher.reply(channel, message, replyType, content);
    if (replyType === "shutdown_reply") this.publisher.publish(replyType, content, message.header);
  }
}

function refuse({ header }: Message): Content {
  return errorReply("UnknownRequest", `This kernel does not know requests of the type ${header.msg_type}.`);
}

function errorReply(ename: string, evalue: string): Content {
  return { status: "error", ename, evalue, traceback: [] };
}

/** Content of a debug_reply as the Debug Adapter Protocol wants it. */
function debugRefusal({ seq, command }: Content): Content {
  return { type: "response", request_seq: seq, success: false, command, message: "This kernel has no debugger." };
}
