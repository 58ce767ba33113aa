import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setupModule, temporaryFolder } from "./setup-module.js";

type Found = { ok: true; command: string[]; version: string } | { ok: false; sentence: string };

const { findPython } = await setupModule<{ findPython(env: NodeJS.ProcessEnv): Found }>("python.mjs");

describe("the search for Python", () => {
  const folder = temporaryFolder();

  /** An interpreter that answers to the search as a real one of this version would. */
  function interpreter(name: string, version: [number, number, number], missing: string[] = []): string {
    const path = join(folder.path, name);
    writeFileSync(path, `#!/bin/sh\necho '${JSON.stringify({ version, path, missing })}'\n`, { mode: 0o755 });
    return path;
  }

  const search = (env: NodeJS.ProcessEnv = {}) => findPython({ PATH: folder.path, ...env });

  const sentence = (found: Found) => (found.ok ? "" : found.sentence);

  it("says what is needed where there is none", () => {
    assert.equal(sentence(search()), "JupyterLab needs Python 3.9 or newer, and none was found on this machine.");
  });

  it("takes python3, and python where that is the only name", () => {
    interpreter("python", [3, 12, 0]);
    assert.deepEqual(search(), { ok: true, command: ["python"], version: "3.12.0" });
    interpreter("python3", [3, 9, 0]);
    assert.deepEqual(search(), { ok: true, command: ["python3"], version: "3.9.0" });
  });

  it("says which version it found when that is too old", () => {
    const path = interpreter("python3", [3, 8, 19]);
    assert.equal(sentence(search()), `JupyterLab needs Python 3.9 or newer; found Python 3.8.19 (${path}).`);
  });

  it("finds a newer one beside one that is too old", () => {
    interpreter("python3", [3, 6, 8]);
    interpreter("python3.11", [3, 11, 4]);
    assert.deepEqual(search(), { ok: true, command: ["python3.11"], version: "3.11.4" });
  });

  it("names Debian's package where Python cannot make an environment", () => {
    const path = interpreter("python3", [3, 11, 2], ["ensurepip"]);
    assert.equal(
      sentence(search()),
      `Python 3.11.2 (${path}) cannot make a private environment, it lacks ensurepip: install python3.11-venv.`,
    );
  });

  it("takes the one that UNROLL_PYTHON names, and no other", () => {
    interpreter("python3", [3, 12, 0]);
    const chosen = interpreter("mine", [3, 10, 1]);
    assert.deepEqual(search({ UNROLL_PYTHON: chosen }), { ok: true, command: [chosen], version: "3.10.1" });
    assert.equal(
      sentence(search({ UNROLL_PYTHON: "/not/there" })),
      "UNROLL_PYTHON names /not/there, which does not run as a Python 3 interpreter.",
    );
  });
});
