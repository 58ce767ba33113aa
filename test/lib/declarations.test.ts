import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type TypeScript from "typescript";

const root = fileURLToPath(new URL("../../..", import.meta.url));
// tslab's own compiler, a TypeScript 5.0 whose package has no types: the interface is that of TypeScript
const ts = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof TypeScript;

describe("the library's declarations", () => {
  it("can be read by TypeScript 5.0, which stock tslab has", () => {
    assert.match(ts.version, /^5\.0\./);
    const main = join(root, "probe.ts");
    const options: TypeScript.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      // what tslab uses; called Node10 from 5.0 on
      moduleResolution: ts.ModuleResolutionKind.Node10,
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: ["node"],
    };
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    const source = `
      import * as everything from "unroll";
      import { classifier, plot, random, rnn, type Matrix } from "unroll";
      const model = classifier(rnn(28, 16), 10);
      export const W: Matrix = model.init(random(1)).cell.W;
      export const numbers: Float64Array | Float32Array = W.data;
      export const title: string = plot.curves([{ name: "loss", y: [1] }]).description;
      export const names = Object.keys(everything);`;
    host.fileExists = (file) => file === main || fileExists(file);
    host.readFile = (file) => (file === main ? source : readFile(file));
    host.getSourceFile = (file, version) => {
      const text = host.readFile(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, version);
    };

    const program = ts.createProgram([main], options, host);
    const own = [main, join(root, "lib")];
    const files = program.getSourceFiles().filter(({ fileName }) => own.some((place) => fileName.startsWith(place)));
    // file by file, because the world's own declarations take long and are not ours
    const messages = files
      .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
      .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
    assert.deepEqual(messages, []);
    assert.ok(files.some(({ fileName }) => fileName.endsWith("lib/dist/index.d.ts")));
  }).timeout(60_000);
});
