/** Comms are channels between a widget in the front end and an object in the kernel. No target is registered here. */
import type { Content, Message } from "../wire/messages.js";
import type { Publisher } from "./publisher.js";

export class Comms {
  constructor(private readonly publisher: Publisher) {}

  /** Content of a comm_info_reply. */
  info(): Content {
    return { status: "ok", comms: {} };
  }

  /** A target that nobody knows: the front end is told that its comm is closed. */
  open({ header, content }: Message): void {
    this.publisher.publish("comm_close", { comm_id: content.comm_id, data: {} }, header);
  }
}
