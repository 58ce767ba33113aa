/**
 * Documentation comments are two thirds of the text of Node.js' declarations, and the parser's most expensive part: without
 * them TypeScript is ready a quarter earlier, and takes 12 MB less. So a file's comments are left out (`ParseNone`) until
 * somebody asks for a name that it declares.
 */
import ts from "./typescript.js";
import type { Workspace } from "./workspace.js";

const complete = new WeakSet<ts.SourceFile>();

/** Reads the documentation of what stands at this place of the cell. TypeScript remembers what it finds: call it before. */
export function readDocumentation({ service, cellFile }: Workspace, position: number): void {
  const program = service.getProgram();
  for (const { fileName } of service.getDefinitionAtPosition(cellFile, position) ?? []) {
    const file = program?.getSourceFile(fileName);
    if (!file || complete.has(file)) continue;
    complete.add(file);
    hangOn(file, ts.createSourceFile(fileName, file.text, file.languageVersion));
  }
}

type Documented = ts.Node & { jsDoc?: { parent: ts.Node }[] };

/** Takes the comments from the tree of the same text that was parsed with them. */
function hangOn(node: Documented, withComments: Documented): void {
  if (withComments.jsDoc) {
    node.jsDoc = withComments.jsDoc;
    for (const comment of node.jsDoc) comment.parent = node;
  }
  const others = children(withComments);
  children(node).forEach((child, index) => hangOn(child, others[index]!));
}

function children(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => void found.push(child));
  return found;
}
