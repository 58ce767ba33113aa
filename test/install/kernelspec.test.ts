import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { installInto, uninstallFrom } from "#kernel/install/install-into.js";
import { jupyterFolderOf, userJupyterFolder } from "#kernel/install/jupyter-folder.js";
import { type Kernelspec, kernelArguments } from "#kernel/install/kernelspec.js";
import { projectFolder } from "../support/project.js";
import { temporaryFolder } from "./setup-module.js";

describe("the installed kernel", () => {
  const folder = temporaryFolder();

  it("has a kernelspec with absolute paths to this Node.js and this project", () => {
    const [kernels] = installInto(folder.path);
    const { argv, ...rest } = JSON.parse(readFileSync(join(kernels!, "kernel.json"), "utf8")) as Kernelspec;
    assert.deepEqual(rest, {
      display_name: "TypeScript (Unroll)",
      language: "typescript",
      interrupt_mode: "message",
      metadata: { debugger: false },
    });
    assert.deepEqual(argv, kernelArguments("{connection_file}"));
    const [node, flag, main, connectionFile] = argv;
    assert.equal(node, process.execPath);
    assert.equal(flag, "--no-force-async-hooks-checks");
    assert.ok(isAbsolute(main!) && existsSync(main!), `there is no ${main}`);
    assert.equal(connectionFile, "{connection_file}");
  });

  it("has logos of the sizes that their names say", () => {
    const [kernels] = installInto(folder.path);
    for (const size of [32, 64]) {
      const png = readFileSync(join(kernels!, `logo-${size}x${size}.png`));
      // PNG, 11.2.1: the header's width and height are the numbers at bytes 16 and 20
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
    }
    assert.match(readFileSync(join(kernels!, "logo-svg.svg"), "utf8"), /^<svg /);
  });

  it("has an extension that loads files of its own version, plotly.js with its licence among them", () => {
    const [, extension] = installInto(folder.path);
    const { jupyterlab } = JSON.parse(readFileSync(join(extension!, "package.json"), "utf8"));
    assert.deepEqual([jupyterlab.mimeExtension, jupyterlab.extension], [true, true]);
    const script: string = jupyterlab._build.load;
    assert.match(script, /^static\/[0-9a-f]{16}\/remoteEntry\.js$/);
    const files = readdirSync(join(extension!, script, ".."));
    const own = readdirSync(join(projectFolder, "kernel", "install", "labextension", "static"));
    assert.deepEqual(files.sort(), [...own, "plotly.LICENSE", "plotly.js"].sort());
    for (const name of ["remoteEntry.js", "figure.js", "box-widget.js", "box.css"])
      assert.ok(files.includes(name), name);
  });

  it("takes the place of an older one, and nothing is left beside it", () => {
    const old = join(folder.path, "kernels", "unroll");
    mkdirSync(old, { recursive: true });
    writeFileSync(join(old, "old.txt"), "");
    installInto(folder.path);
    assert.equal(existsSync(join(old, "old.txt")), false);
    assert.deepEqual(readdirSync(join(folder.path, "kernels")), ["unroll"]);
    assert.deepEqual(readdirSync(join(folder.path, "labextensions", "@unroll")), ["plotly"]);
  });

  it("is gone after the uninstall, which says what it removed", () => {
    const installed = installInto(folder.path);
    assert.deepEqual(uninstallFrom(folder.path), installed);
    assert.deepEqual(installed.filter(existsSync), []);
    assert.deepEqual(uninstallFrom(folder.path), []);
  });
});

// https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files
describe("the folder of the user's Jupyter", () => {
  it("is where Jupyter has it on each system", () => {
    assert.match(userJupyterFolder({}, "darwin"), /Library.Jupyter$/);
    assert.match(userJupyterFolder({ APPDATA: "roaming" }, "win32"), /^roaming.jupyter$/);
    assert.match(userJupyterFolder({}, "linux"), /\.local.share.jupyter$/);
    assert.match(userJupyterFolder({ XDG_DATA_HOME: "/data" }, "linux"), /^.data.jupyter$/);
    assert.equal(userJupyterFolder({ JUPYTER_DATA_DIR: "/own" }, "linux"), "/own");
    assert.match(jupyterFolderOf("/prefix"), /^.prefix.share.jupyter$/);
  });
});
