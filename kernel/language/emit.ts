import { namesOf, type Scope } from "./scope.js";
import ts from "./typescript.js";
import type { Workspace } from "./workspace.js";

export interface Emitted {
  javascript: string;
  sourceMap: object;
  isAsync: boolean;
  /** Text of a declaration file; undefined where TypeScript cannot write one of the types down. */
  declarations: string | undefined;
}

/**
 * The cell as a function of `(exports, require, $cells, $import)`.
 *
 *     let n = k + 1          →  Object.defineProperties(exports, { n: { get: () => n, set: ($value) => { n = $value } } });
 *     n                         let n = $cell3.k + 1;      (cell 3 declared k)
 *                               return [n];
 */
export function emitCell(program: ts.Program, workspace: Workspace, scope: Scope, code: string): Emitted {
  const file = program.getSourceFile(workspace.cellFile)!;
  const used = new Set<number>();
  const output = emit(program, file, [cellTransformer(program, workspace, scope, code, used)]);
  const isAsync = awaits(file);
  const earlier = [...used].map((id) => `const $cell${id} = $cells.get(${id});`).join(" ");
  const body = output.javascript!.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "");
  const map = JSON.parse(output.sourceMap!) as { mappings: string };
  return {
    // one line in front: one empty line of mappings
    javascript: `(${isAsync ? "async " : ""}function (exports, require, $cells, $import) { "use strict"; ${earlier}\n${body}\nreturn [];\n})`,
    sourceMap: { ...map, mappings: `;${map.mappings}` },
    isAsync,
    declarations: output.declarations,
  };
}

export function emitDeclarations(program: ts.Program, workspace: Workspace): string | undefined {
  return emit(program, program.getSourceFile(workspace.cellFile)!, []).declarations;
}

function emit(program: ts.Program, file: ts.SourceFile, before: ts.TransformerFactory<ts.SourceFile>[]) {
  const output: { javascript?: string; sourceMap?: string; declarations?: string } = {};
  const write: ts.WriteFileCallback = (path, text) => {
    if (path.endsWith(".map")) output.sourceMap = text;
    else if (path.endsWith(".d.cts")) output.declarations = text;
    else output.javascript = text;
  };
  program.emit(file, write, undefined, false, { before });
  return output;
}

function cellTransformer(
  program: ts.Program,
  workspace: Workspace,
  scope: Scope,
  code: string,
  used: Set<number>,
): ts.TransformerFactory<ts.SourceFile> {
  const checker = program.getTypeChecker();
  const earlierNames = (program.getSourceFile(workspace.scopeFile) as unknown as { locals?: ts.SymbolTable }).locals;

  return (context) => (file) => {
    const { factory } = context;

    /** A name of an earlier cell, as a property of that cell's exports; undefined for every other identifier. */
    function earlier(identifier: ts.Identifier, symbol: ts.Symbol | undefined): ts.Expression | undefined {
      if (!symbol || earlierNames?.get(identifier.escapedText) !== symbol) return undefined;
      const id = scope.cellOf(identifier.text)!;
      used.add(id);
      return ts.setTextRange(
        factory.createPropertyAccessExpression(factory.createIdentifier(`$cell${id}`), identifier.text),
        identifier,
      );
    }

    function visit(node: ts.Node): ts.Node {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
      if (ts.isIdentifier(node)) return earlier(node, checker.getSymbolAtLocation(node)) ?? node;
      if (ts.isShorthandPropertyAssignment(node)) {
        const name = earlier(node.name, checker.getShorthandAssignmentValueSymbol(node));
        const fallback =
          node.objectAssignmentInitializer && ts.visitNode(node.objectAssignmentInitializer, visit, ts.isExpression);
        if (name)
          return factory.createPropertyAssignment(
            node.name.text,
            fallback ? factory.createAssignment(name, fallback) : name,
          );
      }
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        return factory.createPropertyAccessExpression(factory.createIdentifier("$import"), "meta");
      const visited = ts.visitEachChild(node, visit, context);
      if (ts.isCallExpression(visited) && visited.expression.kind === ts.SyntaxKind.ImportKeyword)
        return factory.updateCallExpression(
          visited,
          factory.createIdentifier("$import"), // finds sidecar files, too
          undefined,
          visited.arguments,
        );
      if (
        ts.isCallExpression(visited) &&
        ts.isCallExpression(node) &&
        visited.expression !== node.expression &&
        ts.isIdentifier(node.expression)
      ) {
        const callee = factory.createParenthesizedExpression(
          factory.createComma(factory.createNumericLiteral(0), visited.expression),
        ); // no `this`
        return factory.updateCallExpression(visited, callee, visited.typeArguments, visited.arguments);
      }
      return visited;
    }

    const own = file.statements.filter((statement) => statement.getStart(file) < code.length);
    /** The list that the kernel wrote behind the cell. */
    const exportList = file.statements.findLast(ts.isExportDeclaration)!.exportClause as ts.NamedExports;
    const last = own.findLastIndex((statement) => !ts.isEmptyStatement(statement));
    const statements = own.flatMap((statement, index): ts.Statement[] => {
      if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) return [];
      const visited = ts.visitNode(statement, visit, ts.isStatement);
      if (index === last && ts.isExpressionStatement(visited)) return [returned(visited)];
      return [unexported(visited)];
    });

    function returned(statement: ts.ExpressionStatement): ts.Statement {
      const box = factory.createArrayLiteralExpression([statement.expression]); // an object's key would name a function
      return ts.setTextRange(factory.createReturnStatement(box), statement);
    }

    /** `export const x` in a cell says what is true of every declaration anyway. */
    function unexported(statement: ts.Statement): ts.Statement {
      if (ts.isExportAssignment(statement)) return factory.createExpressionStatement(statement.expression);
      const strip = (modifiers: ts.NodeArray<ts.ModifierLike> | undefined) =>
        modifiers?.filter((m) => m.kind !== ts.SyntaxKind.ExportKeyword && m.kind !== ts.SyntaxKind.DefaultKeyword);
      if (ts.isVariableStatement(statement))
        return factory.updateVariableStatement(
          statement,
          strip(statement.modifiers) as ts.Modifier[],
          statement.declarationList,
        );
      if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && !statement.name)
        return factory.createEmptyStatement(); // export default: nobody can call it by a name
      if (ts.isFunctionDeclaration(statement))
        return factory.updateFunctionDeclaration(
          statement,
          strip(statement.modifiers),
          statement.asteriskToken,
          statement.name,
          statement.typeParameters,
          statement.parameters,
          statement.type,
          statement.body,
        );
      if (ts.isClassDeclaration(statement))
        return factory.updateClassDeclaration(
          statement,
          strip(statement.modifiers),
          statement.name,
          statement.typeParameters,
          statement.heritageClauses,
          statement.members,
        );
      if (ts.isEnumDeclaration(statement))
        return factory.updateEnumDeclaration(
          statement,
          strip(statement.modifiers) as ts.Modifier[],
          statement.name,
          statement.members,
        );
      if (ts.isModuleDeclaration(statement))
        return factory.updateModuleDeclaration(statement, strip(statement.modifiers), statement.name, statement.body);
      return statement;
    }

    return factory.updateSourceFile(file, [liveExports(), ...statements]);

    /** Every value that the cell declares, as a live property of its exports. */
    function liveExports(): ts.Statement {
      const properties = new Map<string, ts.PropertyAssignment>();
      for (const statement of own) {
        const isImport = ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
        if (!isImport && !hasValue(statement)) continue;
        const isConstant =
          isImport ||
          (ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) !== 0);
        for (const name of namesOf(statement)) {
          const reference = isImport ? importedValue(name) : factory.createIdentifier(name);
          if (reference) properties.set(name, liveProperty(name, reference, isConstant));
        }
      }
      const define = factory.createPropertyAccessExpression(factory.createIdentifier("Object"), "defineProperties");
      const live = factory.createObjectLiteralExpression([...properties.values()]);
      return factory.createExpressionStatement(
        factory.createCallExpression(define, undefined, [factory.createIdentifier("exports"), live]),
      );
    }

    /** A reference to an imported value (not a type), with the source's own identifier behind it: TypeScript rewrites those. */
    function importedValue(name: string): ts.Identifier | undefined {
      const specifier = exportList.elements.find((element) => element.name.text === name);
      const symbol = specifier && checker.getExportSpecifierLocalTargetSymbol(specifier);
      if (!symbol || symbol.declarations?.some((d) => ts.isTypeOnlyImportDeclaration(d))) return undefined;
      const isValue = (checker.getAliasedSymbol(symbol).flags & ts.SymbolFlags.Value) !== 0;
      return isValue ? ts.setOriginalNode(factory.createIdentifier(name), specifier.name) : undefined;
    }

    function liveProperty(name: string, reference: ts.Identifier, isConstant: boolean): ts.PropertyAssignment {
      const arrow = (parameters: string[], body: ts.ConciseBody) =>
        factory.createArrowFunction(
          undefined,
          undefined,
          parameters.map((p) => factory.createParameterDeclaration(undefined, undefined, p)),
          undefined,
          undefined,
          body,
        );
      const value = "$value";
      const assign = factory.createExpressionStatement(
        factory.createAssignment(factory.createIdentifier(name), factory.createIdentifier(value)),
      );
      return factory.createPropertyAssignment(
        name,
        factory.createObjectLiteralExpression([
          factory.createPropertyAssignment("get", arrow([], reference)),
          ...(isConstant
            ? []
            : [factory.createPropertyAssignment("set", arrow([value], factory.createBlock([assign])))]),
          factory.createPropertyAssignment("enumerable", factory.createTrue()),
        ]),
      );
    }
  };
}

/** Is there something behind this declaration at run time? */
function hasValue(statement: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return !modifiers.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword);
}

/** Is there an `await` outside of every function? */
function awaits(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing)
    return true;
  return ts.forEachChild(node, (child) => awaits(child) || undefined) ?? false;
}
