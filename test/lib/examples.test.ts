import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lib = join(root, "lib");

interface Example {
  /** Source file and number within it. */
  readonly where: string;
  readonly code: string;
}

/** The code behind each `@example` of the docstrings. */
function examples(): Example[] {
  const sources = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/^(dist|node_modules)\b/.test(file),
  );
  return sources.flatMap((file) => {
    const docstrings = readFileSync(join(lib, file), "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
    const lines = docstrings.map((text) => text.replace(/^\/\*\*|\*\/$/g, "").replace(/^ *\* ?/gm, ""));
    const codes = lines.flatMap((text) =>
      [...text.matchAll(/@example\n([\s\S]*?)(?=\n@|$)/g)].map((match) => match[1]!),
    );
    return codes.map((code, i) => ({ where: `${file}, example ${i + 1}`, code }));
  });
}

describe("the examples in the library's docstrings", () => {
  it("type-check under strict and run", () => {
    const folder = mkdtempSync(join(root, "test/dist/examples-"));
    try {
      const all = examples();
      assert.ok(all.length > 20, `${all.length} examples`);
      const library = ts.createProgram([join(lib, "dist/index.d.ts")], compilerOptions);
      const names = exportedNames(library);
      const files = all.map(({ code }, n) => {
        const used = names.filter((name) => uses(code, name));
        const file = join(folder, `example-${n}.ts`);
        writeFileSync(file, `import { ${used.join(", ")} } from "unroll";\n${code}\nexport {};\n`);
        return file;
      });
      const program = ts.createProgram(files, compilerOptions, undefined, library);
      const problems = files.flatMap((file, n) => {
        const source = program.getSourceFile(file);
        const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
        return found.map(({ messageText }) => `${all[n]!.where}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
      });
      assert.deepEqual(problems, []);
      program.emit();

      const imports = all.map(({ where }, n) => {
        const failed = `(error) => { console.error(${JSON.stringify(where)}, error); process.exitCode = 1; }`;
        return `await import("./example-${n}.js").catch(${failed});`;
      });
      writeFileSync(join(folder, "all.js"), imports.join("\n"));
      execFileSync(process.execPath, [join(folder, "all.js")], { encoding: "utf8", stdio: "pipe" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(180_000); // whole data sets are read
});

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  types: ["node"],
};

/** All names, of values and of types, that `unroll` exports. */
function exportedNames(library: ts.Program): string[] {
  const checker = library.getTypeChecker();
  const index = checker.getSymbolAtLocation(library.getSourceFile(library.getRootFileNames()[0]!)!);
  return checker.getExportsOfModule(index!).map(({ name }) => name);
}

/** Whether an example uses a name without declaring it. */
function uses(code: string, name: string): boolean {
  const declared = new RegExp(`\\b(const|let|function)\\s+${name}\\b`).test(code);
  return !declared && new RegExp(`(?<![.\\w])${name}\\b`).test(code);
}
