/** A Jupyter message, as version 5.4 of the protocol describes it. */
import { randomUUID } from "node:crypto";

export const PROTOCOL_VERSION = "5.4";

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export type Content = Record<string, unknown>;

export interface Message {
  /** Routing prefix of a ROUTER socket, topic on a publishing one. */
  identities: Uint8Array[];
  header: Header;
  /** Header of the request that this message answers; empty for a request. */
  parent: Partial<Header>;
  metadata: Content;
  content: Content;
  /** Binary frames behind the four signed ones. */
  buffers: Uint8Array[];
}

/** A message that leaves: its content may be JSON already, made where the object was. */
export interface Outgoing {
  identities?: (Uint8Array | string)[];
  header: Header;
  parent?: Partial<Header>;
  metadata?: Content;
  content: Content | string;
  buffers?: Uint8Array[];
}

export function createHeader(type: string, session: string, username: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username,
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
}
