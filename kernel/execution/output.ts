/** What a cell writes and shows becomes messages to the I/O thread. */
import { json, type MimeBundle } from "./bundle.js";
import type { CellContext } from "./cell-context.js";
import type { Ask } from "./input.js";
import type { LastDrawings } from "./last-drawings.js";
import type { FromMain } from "./link.js";
import type { Listeners } from "./listeners.js";

/** The kernel, as the library sees it. */
export interface Host {
  /** Shows a bundle, or with `update` replaces what was shown under `id`. */
  show(bundle: MimeBundle, options?: { id?: string; update?: boolean; metadata?: object }): void;
  /** Removes the cell's output; with `wait` only when the next output comes. */
  clear(options?: { wait?: boolean }): void;
  /** Asks the person at the front end. */
  ask: Ask;
  /** Calls `draw` when the running cell ends, in whatever way. */
  atEnd(draw: () => void): void;
  /** What the notebook declares under this name, most recently; undefined where no cell does. */
  declared(name: string): unknown;
  /** Calls `opened` with each comm to `target`, until the cell that runs now is run again. */
  listen: Listeners["listen"];
}

type Write = typeof process.stdout.write;

export function installOutput(
  context: CellContext,
  post: (message: FromMain) => void,
  ask: Ask,
  drawings: LastDrawings,
  declared: Host["declared"],
  listen: Host["listen"],
): Host {
  const owner = () => context.owner?.id ?? 0;

  function writer(name: "stdout" | "stderr"): Write {
    const decoder = new TextDecoder(); // a character may be cut in two by a write
    const write = (chunk: string | Uint8Array, encoding?: BufferEncoding | (() => void), done?: () => void) => {
      const text = typeof chunk === "string" ? decoded(chunk, encoding) : decoder.decode(chunk, { stream: true });
      if (text) post({ op: "stream", cell: owner(), name, text });
      const callback = typeof encoding === "function" ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
    return write as Write;
  }

  process.stdout.write = writer("stdout");
  process.stderr.write = writer("stderr");
  // a server that was started in a terminal hands it on, but what is written here ends in a notebook: no colours
  process.stdout.isTTY = process.stderr.isTTY = false;

  const host: Host = {
    show(bundle, { id, update = false, metadata = {} } = {}) {
      if (update && id === undefined) throw new TypeError("An update needs the id of what was shown, got none.");
      const content = json(bundle, metadata, { transient: id === undefined ? {} : { display_id: id } });
      post({ op: "publish", cell: owner(), type: update ? "update_display_data" : "display_data", content });
    },
    clear({ wait = false } = {}) {
      post({ op: "publish", cell: owner(), type: "clear_output", content: JSON.stringify({ wait }) });
    },
    ask,
    atEnd: (draw) => drawings.add(draw),
    declared,
    listen,
  };
  Object.defineProperty(globalThis, Symbol.for("unroll.host"), { value: host });
  return host;
}

function decoded(text: string, encoding: unknown): string {
  return encoding === "hex" || encoding === "base64" ? Buffer.from(text, encoding).toString() : text;
}
