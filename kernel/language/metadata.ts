/** What stock tslab reads from a comment in front of a cell: `@module NAME`, `@jsx`, `@browser`. */
export interface Metadata {
  /** The cell is not run, but becomes the file `./NAME.ts`, which other cells import. */
  module?: string;
  /** Why the cell cannot be run here, in one sentence. */
  refusal?: string;
}

const COMMENTS = /^(?:\s|\/\/.*\n|\/\*[\s\S]*?\*\/)*/;
const REFUSED: Readonly<Record<string, string>> = {
  jsx: "@jsx: this kernel reads no JSX in cells, only TypeScript.",
  browser: "@browser: this kernel runs its cells in Node.js, and bundles none for a browser.",
};

export function metadataOf(code: string): Metadata {
  const comments = COMMENTS.exec(code)![0].match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  for (const [, tag = "", value = ""] of comments.join("\n").matchAll(/^[\s*/]*@(\w+)[ \t]*([^\s*]*)/gm)) {
    if (Object.hasOwn(REFUSED, tag)) return { refusal: REFUSED[tag]! };
    if (tag === "module" && /^[\w-]+(\/[\w-]+)*$/.test(value)) return { module: value };
  }
  return {};
}
