import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../../support/project.js";

describe("the library where TensorFlow is not installed", () => {
  let folder: string;

  /** The library alone. */
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unroll-without-"));
    mkdirSync(join(folder, "lib"));
    for (const part of ["dist", "package.json"]) {
      cpSync(join(projectFolder, "lib", part), join(folder, "lib", part), { recursive: true });
    }
  });

  after(() => rmSync(folder, { recursive: true }));

  const run = (code: string) =>
    spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: folder, encoding: "utf8" });

  const open = `
    import { openTensorflow } from "./lib/dist/engine/tensorflow/tensorflow.js";
    try { openTensorflow(); } catch (error) { console.log(error.name, error.message); }`;

  it("says how it is installed to who asks for it", () => {
    const { stdout, stderr } = run(open);
    assert.equal(stderr, "");
    const told = "@tensorflow/tfjs-node is not installed; npm run setup:tensorflow installs it";
    assert.equal(stdout, `EngineUnavailable ${told}\n`);
  });

  it("says so when the package was installed without being built", () => {
    const installed = join(folder, ".tensorflow", "node_modules", "@tensorflow", "tfjs-node");
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, "package.json"), '{ "name": "@tensorflow/tfjs-node", "version": "4.22.0" }');
    const told = "@tensorflow/tfjs-node is not built; npm run setup:tensorflow builds it";
    assert.equal(run(open).stdout, `EngineUnavailable ${told}\n`);
  });

  it("says why a binding does not load", () => {
    const built = join(folder, ".tensorflow", "node_modules", "@tensorflow", "tfjs-node", "lib", "napi-v8");
    mkdirSync(built, { recursive: true });
    writeFileSync(join(built, "tfjs_binding.node"), "no library");
    assert.match(run(open).stdout, /^EngineUnavailable @tensorflow\/tfjs-node does not load: .+\n$/);
  });
});
