/** Text cells: Markdown by the parser that JupyterLab uses, with formulas between dollars. */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { Marked, type TokenizerAndRendererExtension } from "marked";
import { escapeHtml } from "unroll/display/mime.js";
import { formulaHtml } from "./formula.js";
import { highlighted } from "./highlight.js";

export interface MarkdownOptions {
  /** The notebook's folder, in which the text's pictures lie. */
  folder: string;
  /** Pictures that lie in the cell itself. */
  attachments?: Record<string, unknown>;
}

const PICTURES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

const TYPESCRIPT = /^(ts|typescript|js|javascript)$/i;

export function markdownHtml(source: string, options: MarkdownOptions): string {
  const marked = new Marked({
    async: false,
    extensions: [formulaBlock, formula],
    renderer: {
      code: ({ text, lang = "" }) =>
        `<pre><code>${TYPESCRIPT.test(lang) ? highlighted(text) : escapeHtml(text)}</code></pre>\n`,
      // the same ids as in JupyterLab: links within a notebook stay right
      heading({ tokens, text, depth }) {
        const id = escapeHtml(text.replaceAll(" ", "-"));
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      image: ({ href, text, title }) =>
        `<img src="${escapeHtml(pictureUrl(href, options))}" alt="${escapeHtml(text)}"` +
        `${title ? ` title="${escapeHtml(title)}"` : ""}>`,
    },
  });
  return marked.parse(source) as string;
}

/** `$$…$$` or `\begin{…}…\end{…}` in lines of their own. */
const formulaBlock: TokenizerAndRendererExtension = {
  name: "formulaBlock",
  level: "block",
  start: (text) => /^ {0,3}(\$\$|\\begin\{)/m.exec(text)?.index,
  tokenizer(text) {
    const match =
      /^ {0,3}\$\$([\s\S]+?)\$\$[ \t]*(?:\n|$)/.exec(text) ??
      /^ {0,3}(\\begin\{(\w+\*?)\}[\s\S]+?\\end\{\2\})[ \t]*(?:\n|$)/.exec(text);
    return match ? { type: "formulaBlock", raw: match[0], tex: match[1] } : undefined;
  },
  renderer: ({ tex }) => formulaHtml(tex, { display: true }),
};

/** `$…$` within a line. A dollar before a blank or behind one is a dollar, and so is one that a digit follows. */
const formula: TokenizerAndRendererExtension = {
  name: "formula",
  level: "inline",
  start: (text) => text.indexOf("$"),
  tokenizer(text) {
    const display = /^\$\$((?:\\.|[^$\\])+?)\$\$/s.exec(text);
    const match = display ?? /^\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)/s.exec(text);
    return match ? { type: "formula", raw: match[0], tex: match[1], display: display !== null } : undefined;
  },
  renderer: ({ tex, display }) => formulaHtml(tex, { display }),
};

/** A picture of the cell or of the notebook's folder becomes part of the page; any other keeps its address. */
function pictureUrl(address: string, { folder, attachments = {} }: MarkdownOptions): string {
  const name = decoded(address);
  if (name.startsWith("attachment:")) {
    const forms = attachments[name.slice("attachment:".length)] as Record<string, string | string[]> | undefined;
    const [type, data] = Object.entries(forms ?? {})[0] ?? [];
    return type ? `data:${type};base64,${[data].flat().join("").trim()}` : address;
  }
  const type = PICTURES[extname(name).toLowerCase()];
  if (!type || /^[a-z]+:/i.test(name)) return address;
  try {
    return `data:${type};base64,${readFileSync(join(folder, name)).toString("base64")}`;
  } catch {
    return address;
  }
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
