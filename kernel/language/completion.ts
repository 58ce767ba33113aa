import type { Scope } from "./scope.js";
import ts from "./typescript.js";
import type { Workspace } from "./workspace.js";

export interface Completion {
  text: string;
  /** Jupyter's word for the kind: function, class, property, module, keyword, … */
  type: string;
}

const PREFERENCES: ts.UserPreferences = {
  includeCompletionsForModuleExports: false,
  includeCompletionsWithInsertText: false,
};

/** What can stand at this place in the cell, best first, and which stretch of the text it would replace. */
export function completionsAt(
  workspace: Workspace,
  scope: Scope,
  code: string,
  offset: number,
): { start: number; end: number; matches: Completion[] } {
  const info = workspace.service.getCompletionsAtPosition(workspace.cellFile, offset, PREFERENCES);
  const written = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, offset))![0];
  const span = info?.optionalReplacementSpan ?? { start: offset - written.length, length: written.length };
  // in the name of a module, each entry says for itself what it replaces
  const starts = (info?.entries ?? []).map((entry) => entry.replacementSpan?.start ?? span.start);
  const start = Math.min(span.start, ...starts);
  const prefix = code.slice(start, offset);
  /** Own names first, then those of earlier cells, then the world's; those that match the letters' case first. */
  const rank = (entry: ts.CompletionEntry) =>
    [
      scope.has(entry.name) && entry.sortText > LOCAL ? `${LOCAL}~` : entry.sortText,
      entry.name.startsWith(prefix) ? 0 : 1,
      entry.name,
    ].join(" ");
  const matches = (info?.entries ?? [])
    .map((entry, index) => ({
      key: rank(entry),
      match: {
        text: code.slice(start, starts[index]) + (entry.insertText ?? entry.name),
        type: KINDS[entry.kind] ?? entry.kind,
      },
    }))
    .filter(({ match }) => match.text.toLowerCase().startsWith(prefix.toLowerCase()))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ match }) => match);
  return { start, end: Math.min(span.start + span.length, code.length), matches };
}

/** TypeScript's sort text of declarations around the place. */
const LOCAL = "11";

const KINDS: Readonly<Record<string, string>> = {
  [ts.ScriptElementKind.functionElement]: "function",
  [ts.ScriptElementKind.localFunctionElement]: "function",
  [ts.ScriptElementKind.memberFunctionElement]: "method",
  [ts.ScriptElementKind.memberVariableElement]: "property",
  [ts.ScriptElementKind.memberGetAccessorElement]: "property",
  [ts.ScriptElementKind.memberSetAccessorElement]: "property",
  [ts.ScriptElementKind.classElement]: "class",
  [ts.ScriptElementKind.interfaceElement]: "interface",
  [ts.ScriptElementKind.typeElement]: "type",
  [ts.ScriptElementKind.enumElement]: "enum",
  [ts.ScriptElementKind.moduleElement]: "module",
  [ts.ScriptElementKind.externalModuleName]: "module",
  [ts.ScriptElementKind.scriptElement]: "module",
  [ts.ScriptElementKind.directory]: "path",
  [ts.ScriptElementKind.constElement]: "const",
  [ts.ScriptElementKind.letElement]: "let",
  [ts.ScriptElementKind.variableElement]: "var",
  [ts.ScriptElementKind.parameterElement]: "param",
  [ts.ScriptElementKind.keyword]: "keyword",
};
