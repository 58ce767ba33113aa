/** Stacks in terms of what people wrote: the cell's own lines, and no frame of the kernel or of Node. */
import { SourceMap, type SourceMapPayload } from "node:module";

/** Where an error happened, counted from 0. */
export interface Place {
  title: string;
  code: string;
  line: number;
  column: number;
}

export interface Stack {
  /** Lines that start with `    at `. */
  frames: string[];
  /** The topmost frame in a cell. */
  place?: Place;
}

interface Script {
  title: string;
  code: string;
  sourceMap: object;
  reader?: SourceMap;
}

const KERNEL = new URL("..", import.meta.url);
const INTERNAL = [KERNEL.href, decodeURIComponent(KERNEL.pathname), "node:"];

export class Stacks {
  readonly #scripts = new Map<string, Script>();
  readonly #stacks = new WeakMap<object, Stack>();

  /** @param file the name under which the script was compiled @param title what people call it */
  add(file: string, title: string, code: string, sourceMap: object): void {
    this.#scripts.set(file, { title, code, sourceMap });
  }

  /** From here on `error.stack` is written in terms of cells. */
  install(): void {
    Error.stackTraceLimit = 30;
    Error.prepareStackTrace = (error, sites) => {
      const stack = this.#read(sites);
      this.#stacks.set(error, stack);
      return [headline(error), ...stack.frames].join("\n");
    };
  }

  of(error: Error): Stack {
    const text = error.stack; // V8 asks for the text, and so for the frames, when it is read first
    const known = this.#stacks.get(error);
    if (known || typeof text !== "string") return known ?? { frames: [] };
    return {
      frames: text.split("\n").filter((line) => /^\s+at /.test(line) && !INTERNAL.some((name) => line.includes(name))),
    };
  }

  #read(sites: NodeJS.CallSite[]): Stack {
    const stack: Stack = { frames: [] };
    for (const site of sites) {
      const file = site.getFileName();
      if (!file || INTERNAL.some((name) => file.startsWith(name))) continue;
      const place = this.#placeOf(file, site);
      if (!place) stack.frames.push(`    at ${site}`);
      else {
        stack.place ??= place;
        const at = `${place.title}:${place.line + 1}:${place.column + 1}`;
        stack.frames.push(
          `    at ${String(site).replace(`${file}:${site.getLineNumber()}:${site.getColumnNumber()}`, at)}`,
        );
      }
    }
    return stack;
  }

  #placeOf(file: string, site: NodeJS.CallSite): Place | undefined {
    const script = this.#scripts.get(file);
    if (!script) return undefined;
    script.reader ??= new SourceMap(script.sourceMap as SourceMapPayload);
    const entry = script.reader.findEntry((site.getLineNumber() ?? 1) - 1, (site.getColumnNumber() ?? 1) - 1);
    if (!("originalLine" in entry)) return undefined;
    return { title: script.title, code: script.code, line: entry.originalLine, column: entry.originalColumn };
  }
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error); // console.trace brings an object that is no Error
  } catch {
    return "Error";
  }
}
