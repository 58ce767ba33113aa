import { readDocumentation } from "./documentation.js";
import ts from "./typescript.js";
import type { Workspace } from "./workspace.js";

export interface Inspection {
  found: boolean;
  /** The type as TypeScript prints it. */
  signature: string;
  /** The documentation comment, as Markdown. */
  documentation: string;
}

/** What stands at this place of the cell: its type and its documentation; inside a call's parentheses, the function called. */
export function inspectionAt(workspace: Workspace, code: string, offset: number, detail: 0 | 1): Inspection {
  const { service, cellFile } = workspace;
  const position = Math.min(offset, code.length);
  readDocumentation(workspace, position);
  const info =
    service.getQuickInfoAtPosition(cellFile, position) ??
    (position > 0 ? service.getQuickInfoAtPosition(cellFile, position - 1) : undefined);
  if (info?.displayParts) {
    const documentation = [ts.displayPartsToString(info.documentation)];
    if (detail === 1) documentation.push(...(info.tags ?? []).map(tagged), declaredAt(workspace, info.textSpan.start));
    return {
      found: true,
      signature: ts.displayPartsToString(info.displayParts),
      documentation: documentation.filter(Boolean).join("\n\n"),
    };
  }
  const call = service.getSignatureHelpItems(cellFile, position, undefined);
  const item = call?.items[call.selectedItemIndex];
  if (!item) return { found: false, signature: "", documentation: "" };
  const parameters = item.parameters
    .map((p) => ts.displayPartsToString(p.displayParts))
    .join(ts.displayPartsToString(item.separatorDisplayParts));
  return {
    found: true,
    signature:
      ts.displayPartsToString(item.prefixDisplayParts) + parameters + ts.displayPartsToString(item.suffixDisplayParts),
    documentation: ts.displayPartsToString(item.documentation),
  };
}

/** A tag as Markdown: an example is code, all else is a line of text. */
function tagged({ name, text }: ts.JSDocTagInfo): string {
  const words = ts.displayPartsToString(text);
  return name === "example" ? `\`\`\`typescript\n${words.trim()}\n\`\`\`` : `@${name} ${words}`;
}

/** The file and line of the declaration; empty where it is in a cell. */
function declaredAt(workspace: Workspace, position: number): string {
  const [found] = workspace.service.getDefinitionAtPosition(workspace.cellFile, position) ?? [];
  if (!found || found.fileName === workspace.cellFile || found.fileName === workspace.scopeFile) return "";
  const file = workspace.service.getProgram()?.getSourceFile(found.fileName);
  const line = file ? `:${file.getLineAndCharacterOfPosition(found.textSpan.start).line + 1}` : "";
  return `Declared in ${found.fileName}${line}`;
}
