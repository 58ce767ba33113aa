import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setupModule, temporaryFolder } from "./setup-module.js";

interface Environment {
  environmentIsFresh(folder: string): boolean;
  makeEnvironment(python: string[], options: { folder: string; env: NodeJS.ProcessEnv }): Promise<void>;
  environmentVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

const { environmentIsFresh, environmentVariables, makeEnvironment } = await setupModule<Environment>("environment.mjs");

describe("the set-up of the Python environment", () => {
  const folder = temporaryFolder();
  const file = (...place: string[]) => join(folder.path, ...place);

  /** A Python that copies itself as the environment's Python, and whose pip ends as it is told. */
  function python({ pipFails = false } = {}): string[] {
    const script = `#!/bin/sh
if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi
if [ "$2" = pip ] && [ "$3" = config ]; then echo "global.no-index='true'"; fi
if [ "$2" = pip ] && [ "$3" = install ]; then
  echo "$@" > "${file("pip-was-called-with")}"
  ${pipFails ? "echo no matching distribution; exit 1" : ""}
fi
exit 0
`;
    writeFileSync(file("python"), script, { mode: 0o755 });
    return [file("python")];
  }

  const make = (command: string[]) => makeEnvironment(command, { folder: folder.path, env: process.env });

  it("is wanted until it is finished", async () => {
    assert.equal(environmentIsFresh(folder.path), false);
    await make(python());
    assert.equal(environmentIsFresh(folder.path), true);
  });

  it("installs JupyterLab 4.2 or newer, without waiting long for an index", async () => {
    await make(python());
    const call = readFileSync(file("pip-was-called-with"), "utf8");
    assert.match(call, /^-m pip install .*--timeout 10 .*jupyterlab>=4\.2,<5$/m);
  });

  it("shows what pip says when it fails, and offers the way without JupyterLab", async () => {
    await assert.rejects(make(python({ pipFails: true })), (error: Error & { output: string }) => {
      assert.match(error.message, /^pip could not install JupyterLab: .*npx unroll run notebooks\/NAME\.ipynb\.$/);
      assert.match(error.output, /no matching distribution/);
      return true;
    });
    assert.equal(environmentIsFresh(folder.path), false);
  });

  it("begins anew where one was cut short", async () => {
    await assert.rejects(make(python({ pipFails: true })));
    writeFileSync(file(".venv", "half-written"), "");
    await make(python());
    assert.equal(existsSync(file(".venv", "half-written")), false);
    assert.equal(environmentIsFresh(folder.path), true);
  });

  it("keeps what is in an environment that somebody else has made", async () => {
    const [own] = python();
    mkdirSync(file(".venv", "bin"), { recursive: true });
    writeFileSync(file(".venv", "bin", "python"), readFileSync(own!), { mode: 0o755 });
    writeFileSync(file(".venv", "precious"), "");
    await make([own!]);
    assert.equal(existsSync(file(".venv", "precious")), true);
    assert.equal(environmentIsFresh(folder.path), true);
  });

  it("keeps the user's other Pythons and Jupyters out, and pip's configuration in", () => {
    const others = {
      PYTHONPATH: "/a",
      PYTHONHOME: "/b",
      JUPYTER_CONFIG_DIR: "/c",
      JUPYTER_PATH: "/d",
      PIP_TARGET: "/e",
    };
    const own = { PIP_EXTRA_INDEX_URL: "https://a", PIP_FIND_LINKS: "/wheels", PATH: "/bin" };
    assert.deepEqual(environmentVariables({ ...others, ...own }), own);
  });
});
