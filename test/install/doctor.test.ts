import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkLine, isWrong } from "#kernel/commands/doctor.js";
import { dataCheck, kernelspecCheck, nodeCheck, plotExtensionCheck, pythonCheck } from "#kernel/install/checks.js";
import { installInto } from "#kernel/install/install-into.js";
import { withData } from "../support/data-folders.js";
import { projectFolder } from "../support/project.js";
import { temporaryFolder } from "./setup-module.js";

const mend = "mend it";

describe("the doctor", () => {
  const folder = temporaryFolder();
  const kernelJson = () => join(folder.path, "kernels", "unroll", "kernel.json");
  const changeKernelspec = (from: string, to: string) =>
    writeFileSync(kernelJson(), readFileSync(kernelJson(), "utf8").replace(JSON.stringify(from), JSON.stringify(to)));

  it("finds nothing wrong with what has just been installed", () => {
    installInto(folder.path);
    assert.equal(kernelspecCheck(folder.path, { mend }).mend, undefined);
    assert.equal(plotExtensionCheck(folder.path, { mend }).mend, undefined);
  });

  it("tells a kernelspec that is missing from one that names what is gone, or another Node.js", () => {
    const line = () => checkLine(kernelspecCheck(folder.path, { mend }));
    assert.match(line(), /^✗ kernelspec: there is none in .*unroll: mend it$/);
    installInto(folder.path);
    const gone = join(folder.path, "gone", "node");
    changeKernelspec(process.execPath, gone);
    assert.equal(
      line(),
      `✗ kernelspec: ${join(folder.path, "kernels", "unroll")} names ${gone}, which is gone: mend it`,
    );
    const other = join(folder.path, "node");
    writeFileSync(other, "");
    changeKernelspec(gone, other);
    assert.match(line(), /^✗ kernelspec: .* starts another Node\.js or another copy of this project: mend it$/);
  });

  it("tells a plot extension that is missing from one of another version", () => {
    const line = () => checkLine(plotExtensionCheck(folder.path, { mend }));
    assert.match(line(), /^✗ plot extension: there is none in .*plotly: mend it$/);
    const [, extension] = installInto(folder.path);
    const file = join(extension!, "package.json");
    writeFileSync(file, readFileSync(file, "utf8").replace(/static\/[0-9a-f]{16}/, "static/0123456789abcdef"));
    assert.match(line(), /^✗ plot extension: .* is of another version: mend it$/);
  });

  it("wants the Node.js that package.json asks for", () => {
    const { engines } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
    const [major, minor] = /(\d+)\.(\d+)/.exec(engines.node)!.slice(1).map(Number) as [number, number];
    assert.equal(nodeCheck(`${major}.${minor}.0`).mend, undefined);
    assert.equal(nodeCheck(`${major + 1}.0.0`).mend, undefined);
    assert.match(
      checkLine(nodeCheck(`${major}.${minor - 1}.9`)),
      /^✗ Node\.js: .*: install \d+\.\d+ or newer from nodejs\.org$/,
    );
    assert.ok(isWrong(nodeCheck(`${major - 1}.99.0`)));
  });

  it("needs a Python only where JupyterLab has yet to be installed", () => {
    const none = { ok: false, sentence: "JupyterLab needs Python, and none was found." } as const;
    assert.match(
      checkLine(pythonCheck(none, false)),
      /^✗ Python: JupyterLab needs Python, and none was found: install /,
    );
    assert.match(checkLine(pythonCheck(none, true)), /^– Python: /);
    assert.equal(isWrong(pythonCheck(none, true)), false);
  });

  it("tells how many data sets are here: the lessons need none of them", () => {
    withData({ cache: { snips: {} } }, ({ cache }) => {
      const line = `– data sets: 1 of 12 in ${cache}: npx unroll data lists the others and how they come`;
      assert.equal(checkLine(dataCheck()), line);
    });
  });

  it("says one line each, changes nothing, and ends with exit code 1 exactly where something is wrong", () => {
    const user = join(folder.path, "user");
    installInto(user);
    const kernel = join(user, "kernels", "unroll", "kernel.json");
    writeFileSync(kernel, readFileSync(kernel, "utf8").replace(JSON.stringify(process.execPath), '"/gone/node"'));
    const before = readFileSync(kernel, "utf8");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(projectFolder, "kernel", "bin", "unroll.mjs"), "doctor"],
      { encoding: "utf8", env: { ...process.env, JUPYTER_DATA_DIR: user, CHROME_PATH: join(user, "none") } },
    );
    assert.equal(stderr, "");
    const lines = stdout.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => /^[✓✗–] ([^:]+): ./.exec(line)?.[1]),
      [
        ...["Node.js", "packages", "build", "Python", "JupyterLab", "kernelspec", "plot extension"],
        ...["kernelspec", "plot extension", "Chromium", "C compiler", "engine", "data sets"],
      ],
    );
    assert.match(
      lines[7]!,
      /^✗ kernelspec: .*user.*names \/gone\/node, which is gone: npx unroll install --user writes it anew$/,
    );
    assert.match(lines[9]!, /^– Chromium: none was found: /);
    assert.match(lines.at(-2)!, /^✓ engine: \w+: .*thread/);
    assert.match(lines.at(-1)!, /^[✓–] data sets: \d+ of 12 in /);
    assert.equal(status, 1);
    assert.equal(readFileSync(kernel, "utf8"), before);
  });
});
