/** What was run in this session, for consoles that scroll back. */
import type { Content } from "../wire/messages.js";

/** This kernel keeps no history of earlier sessions: its own is number 1. */
const SESSION = 1;

type Entry = [session: number, line: number, input: string];

export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push([SESSION, line, input]);
  }

  /** Content of a history_reply. Results are not kept: with `output` each input comes with null beside it. */
  reply(request: Content): Content {
    const found = this.#find(request);
    const history = request.output ? found.map(([session, line, input]) => [session, line, [input, null]]) : found;
    return { status: "ok", history };
  }

  #find({ hist_access_type: kind, n, start, stop, session, pattern, unique }: Content): Entry[] {
    const last = (entries: Entry[]) =>
      typeof n === "number" ? entries.slice(Math.max(0, entries.length - n)) : entries;
    if (kind === "tail") return last(this.#entries);
    if (kind === "range") {
      if (session !== undefined && session !== 0 && session !== SESSION) return [];
      const [from, to] = [Number(start ?? 0), Number(stop ?? Number.POSITIVE_INFINITY)];
      return this.#entries.filter(([, line]) => line >= from && line < to);
    }
    if (kind === "search") {
      const glob = globExpression(String(pattern ?? "*"));
      const found = this.#entries.filter(([, , input]) => glob.test(input));
      return last(unique ? [...new Map(found.map((entry) => [entry[2], entry])).values()] : found);
    }
    return [];
  }
}

/** `*` stands for any text, `?` for one character. */
function globExpression(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s");
}
