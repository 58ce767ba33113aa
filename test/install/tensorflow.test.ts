import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../support/project.js";
import { setupModule, temporaryFolder } from "./setup-module.js";

const { removeTensorflow, tensorflowIsInstalled } = await setupModule<{
  removeTensorflow(folder: string): boolean;
  tensorflowIsInstalled(folder: string): boolean;
}>("tensorflow.mjs");

describe("the set-up of TensorFlow", () => {
  const folder = temporaryFolder();

  const command = (...options: string[]) =>
    spawnSync(process.execPath, [join(projectFolder, "kernel", "install", "setup-tensorflow.mjs"), ...options], {
      encoding: "utf8",
    });

  it("tells what it does", () => {
    const { status, stdout, stderr } = command("--help");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /@tensorflow\/tfjs-node 4\.22\.0/);
    assert.match(stdout, /--remove/);
  });

  it("refuses an option that it has not got", () => {
    const { status, stdout, stderr } = command("--fast");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(stderr, "There is no option --fast; --help shows those that there are.\n");
  });

  it("leaves nothing when npm fails, and says what to see to", () => {
    const npm = join(folder.path, "npm-cli.js");
    writeFileSync(npm, "console.error('no registry'); process.exit(1);");
    const module = pathToFileURL(join(projectFolder, "kernel", "install", "setup", "tensorflow.mjs")).href;
    const code = `
      const { installTensorflow } = await import(${JSON.stringify(module)});
      await installTensorflow({ folder: process.cwd() }).catch(({ message }) => console.log(message));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: folder.path,
      env: { ...process.env, npm_execpath: npm },
      encoding: "utf8",
    });
    assert.equal(stderr, "Installing @tensorflow/tfjs-node 4.22.0 …\n");
    const told =
      "npm could not install @tensorflow/tfjs-node 4.22.0: read its message above, and see to the connection";
    assert.equal(stdout, `${told} to its registry.\n`);
    assert.deepEqual(readdirSync(folder.path), ["npm-cli.js"]);
  });

  it("does not take a folder without its stamp for an installation, and removes it", () => {
    const place = join(folder.path, ".tensorflow");
    mkdirSync(place);
    assert.equal(tensorflowIsInstalled(folder.path), false);
    assert.equal(removeTensorflow(folder.path), true);
    assert.equal(existsSync(place), false);
    assert.equal(removeTensorflow(folder.path), false);
  });
});
