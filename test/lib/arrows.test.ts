import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const lib = fileURLToPath(new URL("../../../lib", import.meta.url));

/** From which folders of the library each may import. */
const arrows: Record<string, string[]> = {
  display: [],
  files: [],
  engine: ["engine/native", "engine/simd", "engine/tensorflow"],
  "engine/native": ["engine", "files"],
  "engine/simd": ["engine"],
  "engine/tensorflow": ["engine"],
  math: ["engine", "display"],
  cells: ["math", "engine"],
  bptt: ["cells", "math"],
  layers: ["bptt", "cells", "math", "engine"],
  data: ["data/built-in", "math", "display", "files"],
  "data/built-in": [],
  metrics: ["math", "data"], // the form of a data set alone
  plot: ["math", "display"],
  train: ["bptt", "cells", "data", "math", "engine"],
  models: ["train", "layers", "bptt", "cells", "data", "math", "engine", "display"],
  decode: ["models", "math"],
  course: ["train", "plot", "data", "math", "engine", "display"], // what lies in its folders it loads when it is asked
  // an exercise may be about anything
  "course/exercises": ["course", "decode", "models", "train", "layers", "bptt", "cells", "data", "metrics", "math"],
  "course/practical-4": ["course", "models", "train", "cells", "data", "metrics", "math"],
};

/** Each source file with the files that it imports, types included. */
function imports(): Map<string, string[]> {
  const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
    (file) => /^\w+\/.*\.ts$/.test(file) && !/^(dist|node_modules|engine\/simd\/assembly)\//.test(file),
  );
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(lib, file), "utf8"));
      const own = importedFiles.filter(({ fileName }) => fileName.startsWith("."));
      return [file, own.map(({ fileName }) => normalize(join(dirname(file), fileName)).replace(/\.js$/, ".ts"))];
    }),
  );
}

describe("the library's imports", () => {
  const all = imports();

  it("go in one direction between its folders", () => {
    const against = [...all].flatMap(([file, imported]) => {
      const folder = dirname(file);
      assert.ok(arrows[folder], `${file}: the folder ${folder} has no place among the arrows`);
      return imported
        .filter((other) => dirname(other) !== folder && !arrows[folder]!.includes(dirname(other)))
        .map((other) => `${file} imports ${other}`);
    });
    assert.deepEqual(against, []);
    assert.deepEqual([...new Set([...all.keys()].map(dirname))].sort(), Object.keys(arrows).sort());
  });

  it("go round in no circle", () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, way: string[]) => {
      const again = way.indexOf(file);
      if (again >= 0) circles.push([...way.slice(again), file].join(" → "));
      if (again >= 0 || done.has(file)) return;
      for (const next of all.get(file) ?? assert.fail(`${way.at(-1)} imports ${file}, which is not there`)) {
        visit(next, [...way, file]);
      }
      done.add(file);
    };
    for (const file of all.keys()) visit(file, []);
    assert.deepEqual(circles, []);
  });
});
