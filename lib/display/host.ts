import type { MimeBundle } from "./mime.js";

/** A channel to the widget that shows an output. */
export interface Channel {
  /** False after either side has closed it. */
  readonly isOpen: boolean;
  /** @param data what JSON can hold */
  send(data: object): void;
  onMessage(handler: (data: unknown, buffers: readonly Uint8Array[]) => void): void;
}

/** Whoever shows outputs: a notebook, or the terminal. */
export interface Host {
  /** Shows a bundle, or with `update` replaces the one that was shown under this `id`. */
  show(bundle: MimeBundle, options?: { id?: string; update?: boolean; metadata?: object }): void;
  clear(options?: { wait?: boolean }): void;
  /** Asks the reader and waits for the answer; missing where nobody can be asked. */
  ask?(prompt: string, isSecret: boolean): string;
  /** Calls `draw` when the running cell ends, be it by an error or an interrupt, after which no timer of it fires. */
  atEnd?(draw: () => void): void;
  /** What the notebook declares under this name; undefined where no cell does. */
  declared?(name: string): unknown;
  /**
   * Calls `opened` with each channel that a widget of this name opens, also after the cell has ended, until that cell is run
   * again. Missing where no widget can ask.
   */
  listen?(name: string, opened: (channel: Channel) => void): void;
  /** It prints words line after line, and can replace none: what follows a change is drawn seldom. */
  readonly isTerminal?: boolean;
}

/** Where a kernel puts its host before any cell runs. */
export const hostKey: unique symbol = Symbol.for("unroll.host");

interface Globals {
  [hostKey]?: Host;
  __tslab__?: { require(name: "tslab"): Tslab };
}

/** The part of stock tslab's public module that is used here. */
interface Tslab {
  display: { raw(mime: string, value: string | object): void };
  newDisplay(): { raw(mime: string, value: string | object): void };
}

/** The kernel's own host; else one for stock tslab; else one for a script, which prints. */
export function host(): Host {
  const globals = globalThis as Globals;
  const found = globals[hostKey];
  if (found) return found;
  const made = globals.__tslab__ ? tslabHost(globals.__tslab__.require("tslab")) : scriptHost();
  // it remembers what it has shown, so it stays where the next call finds it
  globals[hostKey] = made;
  return made;
}

/** Stock tslab shows one form of an output, not a bundle: the richest is taken. */
function tslabHost(tslab: Tslab): Host {
  const shown = new Map<string, ReturnType<Tslab["newDisplay"]>>();
  const richest = ["application/vnd.plotly.v1+json", "text/html", "image/png", "text/plain"];
  return {
    show(bundle, { id } = {}) {
      const mime = richest.find((type) => type in bundle) ?? Object.keys(bundle)[0];
      if (mime === undefined) return;
      let display = tslab.display;
      if (id !== undefined) {
        display = shown.get(id) ?? tslab.newDisplay();
        shown.set(id, display);
      }
      display.raw(mime, bundle[mime]!);
    },
    // stock tslab has no call that clears
    clear() {},
  };
}

/** A script has no place to show pictures: their words go to stdout. */
function scriptHost(): Host {
  return {
    isTerminal: true,
    show(bundle) {
      const text = bundle["text/plain"];
      if (typeof text === "string") console.log(text);
    },
    clear() {},
  };
}
