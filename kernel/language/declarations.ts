import { namesOf } from "./scope.js";
import ts from "./typescript.js";

/** A declaration file cut up by name: each name's own declarations, as text that stands alone. */
export function declarationsByName(text: string): Map<string, string> {
  const file = ts.createSourceFile("cell.d.cts", text, ts.ScriptTarget.Latest, true);
  const byName = new Map<string, string>();
  const add = (name: string, declaration: string) => {
    const earlier = byName.get(name);
    byName.set(name, earlier ? `${earlier}\n${declaration}` : declaration); // overloads, and merged declarations
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) variables(statement, add);
    else if (ts.isImportDeclaration(statement)) imports(statement, add);
    else for (const name of namesOf(statement)) add(name, withoutExport(statement));
  }
  return byName;
}

type Add = (name: string, declaration: string) => void;

function variables(statement: ts.VariableStatement, add: Add): void {
  const { flags, declarations } = statement.declarationList;
  const keyword = flags & ts.NodeFlags.Const ? "const" : flags & ts.NodeFlags.Let ? "let" : "var";
  const comment = documentation(statement);
  for (const declaration of declarations)
    if (ts.isIdentifier(declaration.name))
      add(declaration.name.text, `${comment}declare ${keyword} ${declaration.getText()};`);
}

function imports(statement: ts.ImportDeclaration, add: Add): void {
  const clause = statement.importClause;
  if (!clause) return;
  const keyword = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? "import type" : "import";
  const from = `from ${statement.moduleSpecifier.getText()};`;
  if (clause.name) add(clause.name.text, `${keyword} ${clause.name.text} ${from}`);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) add(bindings.name.text, `${keyword} ${bindings.getText()} ${from}`);
  else
    for (const element of bindings?.elements ?? [])
      add(element.name.text, `${keyword} { ${element.getText()} } ${from}`);
}

function withoutExport(statement: ts.Statement): string {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const last = modifiers.findLast(
    (m) => m.kind === ts.SyntaxKind.ExportKeyword || m.kind === ts.SyntaxKind.DefaultKeyword,
  );
  const body = last
    ? statement
        .getText()
        .slice(last.end - statement.getStart())
        .trimStart()
    : statement.getText();
  const needsDeclare = last && !/^(declare|interface|type|import)\b/.test(body);
  return `${documentation(statement)}${needsDeclare ? "declare " : ""}${body}`;
}

/** The comment in front of a statement, for inspection in later cells. */
function documentation(statement: ts.Statement): string {
  return statement.getFullText().slice(0, statement.getStart() - statement.getFullStart());
}
