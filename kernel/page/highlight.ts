import ts from "typescript";
import { escapeHtml } from "unroll/display/mime.js";

const classes: Partial<Record<number, string>> = {
  [ts.ClassificationType.comment]: "comment",
  [ts.ClassificationType.keyword]: "keyword",
  [ts.ClassificationType.numericLiteral]: "literal",
  [ts.ClassificationType.stringLiteral]: "string",
  [ts.ClassificationType.regularExpressionLiteral]: "string",
};

/** TypeScript as HTML, its words coloured by the classes of the page's style sheet. */
export function highlighted(code: string): string {
  const { spans } = ts.createClassifier().getEncodedLexicalClassifications(code, ts.EndOfLineState.None, true);
  let html = "";
  let end = 0;
  for (let i = 0; i < spans.length; i += 3) {
    const [start, length, kind] = [spans[i]!, spans[i + 1]!, spans[i + 2]!];
    const text = escapeHtml(code.slice(start, start + length));
    html += escapeHtml(code.slice(end, start));
    html += classes[kind] ? `<span class="${classes[kind]}">${text}</span>` : text;
    end = start + length;
  }
  return html + escapeHtml(code.slice(end));
}
