import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needsJupyter, venvPython } from "../support/needs.js";
import { temporaryFolder } from "./setup-module.js";

const CLI = fileURLToPath(import.meta.resolve("#kernel/cli.js"));

describe("unroll install and uninstall", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const unroll = (parameters: string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [CLI, ...parameters], { encoding: "utf8", env: { ...process.env, ...env } });
  const kernel = (name = "unroll") => join(folder.path, "share", "jupyter", "kernels", name);
  const extension = () => join(folder.path, "share", "jupyter", "labextensions", "@unroll", "plotly");
  const prefix = () => ["--prefix", folder.path];

  it("write into a prefix, say where it went, do it twice without harm, and take away all of it", () => {
    for (let i = 0; i < 2; i++) {
      const { stdout, status } = unroll(["install", ...prefix()]);
      assert.equal(stdout, `Installed ${kernel()}\nInstalled ${extension()}\n`);
      assert.equal(status, 0);
    }
    assert.equal(unroll(["uninstall", ...prefix()]).stdout, `Removed ${kernel()}\nRemoved ${extension()}\n`);
    assert.deepEqual([existsSync(kernel()), existsSync(extension())], [false, false]);
    const { stdout, status } = unroll(["uninstall", ...prefix()]);
    assert.match(stdout, /^Nothing of Unroll is installed in /);
    assert.equal(status, 0);
  });

  it("use the user's folder by default and with --user", () => {
    const env = { JUPYTER_DATA_DIR: folder.path };
    const installed = join(folder.path, "kernels", "unroll");
    assert.match(unroll(["install"], env).stdout, new RegExp(`^Installed ${installed}$`, "m"));
    assert.match(unroll(["uninstall", "--user"], env).stdout, new RegExp(`^Removed ${installed}$`, "m"));
  });

  it("ask the active Python for its prefix with --sys-prefix", function () {
    if (process.platform === "win32") return this.skip(); // the stand-in is a shell script
    const python = join(folder.path, "python");
    writeFileSync(python, `#!/bin/sh\necho "${folder.path}"\n`);
    chmodSync(python, 0o755);
    assert.match(
      unroll(["install", "--sys-prefix"], { UNROLL_PYTHON: python }).stdout,
      new RegExp(`^Installed ${kernel()}$`, "m"),
    );
    const without = unroll(["install", "--sys-prefix"], { UNROLL_PYTHON: join(folder.path, "none") });
    assert.match(without.stderr, /--sys-prefix needs a Python on the path/);
    assert.equal(without.status, 1);
  });

  it("know a second kernel by its own name, and leave the plots to the last of them", () => {
    unroll(["install", ...prefix()]);
    unroll(["install", ...prefix(), "--name", "second", "--display-name", "TypeScript (mine)"]);
    const { display_name } = JSON.parse(readFileSync(join(kernel("second"), "kernel.json"), "utf8"));
    assert.equal(display_name, "TypeScript (mine)");
    assert.equal(unroll(["uninstall", ...prefix()]).stdout, `Removed ${kernel()}\n`);
    assert.match(unroll(["uninstall", ...prefix()]).stdout, /^There is no kernel unroll in .*; there is second\.\n$/);
    const { stdout } = unroll(["uninstall", ...prefix(), "--name", "second"]);
    assert.equal(stdout, `Removed ${kernel("second")}\nRemoved ${extension()}\n`);
  });

  it("touch no kernel of somebody else, and nothing outside of the folder of kernels", () => {
    const foreign = kernel("python3");
    mkdirSync(foreign, { recursive: true });
    writeFileSync(
      join(foreign, "kernel.json"),
      `{ "argv": ["python"], "display_name": "Python 3", "language": "python" }`,
    );
    for (const command of ["install", "uninstall"]) {
      const named = unroll([command, ...prefix(), "--name", "python3"]);
      assert.match(named.stderr, /holds another kernel, "Python 3": choose another name with --name\.\n$/);
      for (const name of ["..", "../labextensions", "a b"])
        assert.match(unroll([command, ...prefix(), "--name", name]).stderr, /^A kernel's name is made of letters, /);
    }
    assert.ok(existsSync(join(foreign, "kernel.json")));
  });

  it("are heard by Jupyter, which lists the kernel", function () {
    needsJupyter(this);
    unroll(["install", ...prefix(), "--name", "listed"]);
    const jupyter = (env: NodeJS.ProcessEnv) =>
      JSON.parse(
        execFileSync(venvPython, ["-m", "jupyter", "kernelspec", "list", "--json"], {
          encoding: "utf8",
          env: { ...process.env, ...env },
        }),
      ).kernelspecs;
    const { listed } = jupyter({ JUPYTER_PATH: join(folder.path, "share", "jupyter") });
    assert.equal(listed.resource_dir, kernel("listed"));
    assert.equal(listed.spec.display_name, "TypeScript (Unroll)");
    assert.equal(listed.spec.interrupt_mode, "message");
  });
});
