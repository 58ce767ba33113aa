import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setupModule, temporaryFolder } from "./setup-module.js";

const { packagesAreFresh } = await setupModule<{ packagesAreFresh(folder: string): boolean }>("packages.mjs");

describe("the set-up of the packages", () => {
  const folder = temporaryFolder();

  function lockFile(place: string, packages: Record<string, object>): void {
    mkdirSync(join(folder.path, "node_modules"), { recursive: true });
    writeFileSync(join(folder.path, place), JSON.stringify({ packages }));
  }

  const wanted = (version: string) => lockFile("package-lock.json", { "": {}, "node_modules/left": { version } });
  const installed = (version: string) =>
    lockFile("node_modules/.package-lock.json", { "node_modules/left": { version } });

  it("is wanted where nothing is installed", () => {
    writeFileSync(join(folder.path, "package-lock.json"), JSON.stringify({ packages: {} }));
    assert.equal(packagesAreFresh(folder.path), false);
  });

  it("is not wanted where npm has installed what the lock file names", () => {
    wanted("1.0.0");
    installed("1.0.0");
    assert.equal(packagesAreFresh(folder.path), true);
  });

  it("is wanted when the lock file names another version", () => {
    wanted("1.0.0");
    installed("1.0.0");
    assert.equal(packagesAreFresh(folder.path), true);
    wanted("1.0.1");
    assert.equal(packagesAreFresh(folder.path), false);
  });

  it("does not miss a package that only other systems need", () => {
    const optional = { "node_modules/left-win32": { version: "1.0.0", optional: true } };
    lockFile("package-lock.json", { "node_modules/left": { version: "1.0.0" }, ...optional });
    installed("1.0.0");
    assert.equal(packagesAreFresh(folder.path), true);
  });
});
