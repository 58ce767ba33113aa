import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a file is sent. */
export interface Served {
  readonly content: Uint8Array;
  /** Whether the server sends a part of it where it is asked for that. */
  readonly ranges?: boolean;
  /** The connections that break off: after how many bytes each, in turn. */
  readonly breaks?: number[];
  /** How many bytes of the file the other side holds: no connection breaks off before it has what was sent. */
  readonly arrived?: () => number;
  /** After how many bytes nothing more comes. */
  readonly stallsAt?: number;
}

/** An HTTP server on this machine, which sends files. */
export class FileServer {
  readonly files = new Map<string, Served>();
  /** What was asked for: path, and the range if there was one. */
  readonly requests: string[] = [];
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer({ url = "", headers }: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(url);
    this.requests.push([path, headers.range].filter(Boolean).join(" "));
    const file = this.files.get(path);
    if (!file) return void response.writeHead(404).end("not here");
    const { content, ranges = true, breaks = [], arrived = () => Infinity, stallsAt } = file;
    const from = ranges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0) : 0;
    if (from >= content.length) return void response.writeHead(416).end();
    const rest = content.subarray(from);
    const last = content.length - 1;
    const range = { "content-range": `bytes ${from}-${last}/${content.length}` };
    response.writeHead(from > 0 ? 206 : 200, { "content-length": rest.length, ...(from > 0 && range) });
    const end = breaks.shift();
    const breakOff = (): unknown => (arrived() < from + end! ? setTimeout(breakOff, 1) : response.destroy());
    if (end !== undefined) response.write(rest.subarray(0, end), () => setImmediate(breakOff));
    else if (stallsAt !== undefined) response.write(rest.subarray(0, stallsAt));
    else response.end(rest);
  }
}
