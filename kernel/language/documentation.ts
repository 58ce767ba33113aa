/**
 * Documentation comments are two thirds of the text of Node.js' declarations, and the parser's most expensive part: without
 * them TypeScript is ready a quarter earlier, and takes 12 MB less. So a file's comments are left out (`ParseNone`) until
 * somebody asks for a name that it declares.
 */
import ts from "./typescript.js";
import type { Workspace } from "./workspace.js";

const complete = new WeakSet<ts.SourceFile>();

/**
 * Reads the documentation of what stands at this place of the cell, or of the function in whose call it is. TypeScript
 * remembers what it finds, so this comes before the question.
 */
export function readDocumentation({ service, cellFile }: Workspace, position: number): void {
  const program = service.getProgram()!;
  const called = calleeAround(program.getSourceFile(cellFile)!, position);
  for (const place of called ? [position, called.end - 1] : [position])
    for (const { fileName } of service.getDefinitionAtPosition(cellFile, place) ?? []) {
      const file = program.getSourceFile(fileName);
      if (!file || complete.has(file)) continue;
      complete.add(file);
      hangOn(file, ts.createSourceFile(fileName, file.text, file.languageVersion, true));
    }
}

/** What is called in the innermost call between whose parentheses this place lies. */
function calleeAround(node: ts.Node, position: number): ts.Expression | undefined {
  if (position < node.pos || position > node.end) return undefined;
  const inner = ts.forEachChild(node, (child) => calleeAround(child, position));
  if (inner) return inner;
  const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
  return isCall && node.expression.end < position ? node.expression : undefined;
}

type Documented = ts.Node & { jsDoc?: { parent: ts.Node }[] };

/** Takes the comments from the tree of the same text that was parsed with them. */
function hangOn(node: Documented, withComments: Documented): void {
  if (withComments.jsDoc) {
    node.jsDoc = withComments.jsDoc;
    for (const comment of node.jsDoc) comment.parent = node;
  }
  const others = children(withComments);
  for (const [index, child] of children(node).entries()) hangOn(child, others[index]!);
}

function children(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => void found.push(child));
  return found;
}
