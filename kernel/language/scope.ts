import ts from "./typescript.js";

interface Entry {
  /** The cell that declared the name last. */
  id: number;
  declaration: string;
}

/** What earlier cells have declared: for each living name the cell it comes from, and its declaration. */
export class Scope {
  readonly #entries = new Map<string, Entry>();
  #text = "";

  /** All declarations as the body of a declaration file. */
  get text(): string {
    return this.#text;
  }

  /** Two scopes with one key compile a cell alike. */
  get key(): string {
    return JSON.stringify([this.#text, [...this.#entries].map(([name, { id }]) => [name, id])]);
  }

  copy(): Scope {
    const copied = new Scope();
    for (const [name, entry] of this.#entries) copied.#entries.set(name, entry);
    copied.#text = this.#text;
    return copied;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Which cell declared this name last? */
  cellOf(name: string): number | undefined {
    return this.#entries.get(name)?.id;
  }

  /** Cell `id` declares `names`: each replaces an earlier declaration of the name, of whatever kind. */
  declare(id: number, names: string[], declarations: Map<string, string>): void {
    if (names.length === 0) return;
    for (const name of names)
      this.#entries.set(name, { id, declaration: declarations.get(name) ?? `declare let ${name}: any;` });
    this.#text = [...new Set([...this.#entries.values()].map((entry) => entry.declaration))].join("\n");
  }
}

/** The names that a cell declares at its top level, imports included, and those of them that it exports itself. */
export function declaredNames(code: string): { names: string[]; exported: Set<string> } {
  const names = new Set<string>();
  const exported = new Set<string>();
  const file = ts.createSourceFile("cell.cts", code, ts.ScriptTarget.Latest);
  for (const statement of file.statements) {
    for (const name of namesOf(statement)) names.add(name);
    if (isExported(statement)) for (const name of namesOf(statement)) exported.add(name);
    if (
      ts.isExportDeclaration(statement) &&
      !statement.moduleSpecifier &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    )
      for (const element of statement.exportClause.elements) exported.add(element.name.text);
  }
  return { names: [...names], exported };
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** The names that one statement declares in the scope it stands in. */
export function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((d) => boundNames(d.name));
  if (ts.isImportDeclaration(statement)) return importedNames(statement.importClause);
  if (ts.isModuleDeclaration(statement))
    return ts.isIdentifier(statement.name) && !isGlobal(statement) ? [statement.name.text] : [];
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement)
  )
    return statement.name ? [statement.name.text] : [];
  return hoistedNames(statement);
}

/** A `var` in a block or in the head of a loop belongs to the cell. */
function hoistedNames(node: ts.Node): string[] {
  if (ts.isVariableDeclarationList(node))
    return node.flags & ts.NodeFlags.BlockScoped ? [] : node.declarations.flatMap((d) => boundNames(d.name));
  if (ts.isExpression(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return [];
  const names: string[] = [];
  ts.forEachChild(node, (child) => void names.push(...hoistedNames(child)));
  return names;
}

function isGlobal(statement: ts.ModuleDeclaration): boolean {
  return (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  const named = !bindings
    ? []
    : ts.isNamespaceImport(bindings)
      ? [bindings.name.text]
      : bindings.elements.map((e) => e.name.text);
  return clause?.name ? [clause.name.text, ...named] : named;
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}
