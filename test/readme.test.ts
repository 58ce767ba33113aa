import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./support/project.js";

describe("the README", () => {
  const text = readFileSync(join(projectFolder, "README.md"), "utf8");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);

  it("links to nothing in the project that is not there", () => {
    const own = links.filter((target) => !/^(https?:|#)/.test(target));
    assert.ok(own.length > 40, `only ${own.length} links were found`);
    assert.deepEqual(
      own.filter((target) => !existsSync(join(projectFolder, target))),
      [],
    );
  });

  it("leads to every cell of the library", () => {
    const shared = ["cell.ts", "gates.ts", "linear-recurrence.ts", "whole-sequence.ts"]; // the interface, and what cells have in common
    const cells = readdirSync(join(projectFolder, "lib", "cells")).filter((file) => !shared.includes(file));
    assert.deepEqual(
      cells.filter((file) => !links.includes(`lib/cells/${file}`)),
      [],
    );
  });

  it("gives a reason for every package that the project depends on", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
    const library = JSON.parse(readFileSync(join(projectFolder, "lib", "package.json"), "utf8"));
    const names = Object.keys({ ...dependencies, ...devDependencies, ...library.dependencies });
    assert.deepEqual(
      names.filter((name) => name !== "unroll" && !text.includes(`\`${name}\``)),
      [],
    );
  });
});
