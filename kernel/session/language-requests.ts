/** Completion, inspection and is-complete: between Jupyter's contents and the language thread. */
import type { Content } from "../wire/messages.js";
import { toCodePoints, toUtf16 } from "../wire/text-position.js";
import type { Language } from "./language.js";

export class LanguageRequests {
  constructor(private readonly language: Language) {}

  async complete(request: Content): Promise<Content> {
    const { code, offset } = position(request);
    const { start, end, matches } = await this.language.call("complete", code, offset);
    const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
    return {
      status: "ok",
      cursor_start,
      cursor_end,
      matches: matches.map(({ text }) => text),
      metadata: {
        // what JupyterLab shows beside each match
        _jupyter_types_experimental: matches.map(({ text, type }) => ({
          start: cursor_start,
          end: cursor_end,
          text,
          type,
        })),
      },
    };
  }

  async inspect(request: Content): Promise<Content> {
    const { code, offset } = position(request);
    const detail = request.detail_level === 1 ? 1 : 0;
    const { found, signature, documentation } = await this.language.call("inspect", code, offset, detail);
    if (!found) return { status: "ok", found, data: {}, metadata: {} };
    return {
      status: "ok",
      found,
      data: {
        "text/plain": [signature, documentation].filter(Boolean).join("\n\n"),
        "text/markdown": [`\`\`\`typescript\n${signature}\n\`\`\``, documentation].filter(Boolean).join("\n\n"),
      },
      metadata: {},
    };
  }

  async isComplete(request: Content): Promise<Content> {
    const { status, indent } = await this.language.call("isComplete", String(request.code ?? ""));
    return status === "incomplete" ? { status, indent } : { status };
  }
}

function position(request: Content): { code: string; offset: number } {
  const code = String(request.code ?? "");
  const cursor = request.cursor_pos;
  return { code, offset: typeof cursor === "number" ? toUtf16(code, cursor) : code.length };
}
