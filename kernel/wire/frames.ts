/**
 * Messages to ZeroMQ frames and back:
 *
 *     identity … identity  <IDS|MSG>  HMAC  header  parent  metadata  content  buffer … buffer
 *
 * A frame list that is malformed, not signed with the key, or seen before is no message: it is dropped without an answer.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Header, Message, Outgoing } from "./messages.js";

const DELIMITER = Buffer.from("<IDS|MSG>");
const SIGNED = 4;
/** How many signatures are remembered to refuse a replay; as many as jupyter_client remembers. */
const REMEMBERED = 65_536;

export class Codec {
  readonly #seen = new Set<string>();

  /**
   * @param key the connection's key; with an empty one nothing is signed and nothing is checked
   * @param hash name of the hash function, such as `sha256`
   */
  constructor(
    private readonly key: string,
    private readonly hash: string,
  ) {}

  encode({
    identities = [],
    header,
    parent = {},
    metadata = {},
    content,
    buffers = [],
  }: Outgoing): (Uint8Array | string)[] {
    const body = [header, parent, metadata, content].map((part) =>
      typeof part === "string" ? part : JSON.stringify(part),
    );
    return [...identities, DELIMITER, this.#sign(body), ...body, ...buffers];
  }

  /** The message in these frames; undefined where there is none that may be trusted. */
  decode(frames: Uint8Array[]): Message | undefined {
    const start = frames.findIndex((frame) => DELIMITER.equals(frame));
    if (start < 0 || frames.length < start + 2 + SIGNED) return undefined;
    const signature = Buffer.from(frames[start + 1]!);
    const signed = frames.slice(start + 2, start + 2 + SIGNED);
    if (!this.#isTrusted(signature, signed)) return undefined;
    const [header, parent, metadata, content] = signed.map(parseObject);
    if (!header || !parent || !metadata || !content || !isHeader(header)) return undefined;
    return {
      identities: frames.slice(0, start),
      header,
      parent,
      metadata,
      content,
      buffers: frames.slice(start + 2 + SIGNED),
    };
  }

  #isTrusted(signature: Buffer, signed: Uint8Array[]): boolean {
    if (this.key === "") return true;
    const expected = Buffer.from(this.#sign(signed));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return false;
    const digest = expected.toString("latin1");
    if (this.#seen.has(digest)) return false;
    this.#seen.add(digest);
    if (this.#seen.size > REMEMBERED) this.#seen.delete(this.#seen.values().next().value!);
    return true;
  }

  #sign(parts: (Uint8Array | string)[]): string {
    if (this.key === "") return "";
    const hmac = createHmac(this.hash, this.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}

function parseObject(frame: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isHeader(value: object): value is Header {
  const header = value as Partial<Header>;
  return typeof header.msg_id === "string" && typeof header.msg_type === "string";
}
