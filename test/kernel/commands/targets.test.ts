import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { targets } from "#kernel/commands/targets.js";
import { folderForTheseTests } from "../support.js";

describe("the files that a run writes", () => {
  const folder = folderForTheseTests();

  it("are none without --out and --to", () => {
    assert.deepEqual(targets(["x/a.ipynb"], {}), [{ file: "x/a.ipynb", name: "" }]);
  });

  it("are named after the notebook in a folder: one that is there, or one that ends in a slash and is made", () => {
    const made = join(folder, "new");
    for (const out of [folder, `${made}/`])
      assert.deepEqual(targets(["x/a.ipynb", "b.ipynb"], { out }), [
        { file: "x/a.ipynb", name: "a", notebook: join(out, "a.ipynb") },
        { file: "b.ipynb", name: "b", notebook: join(out, "b.ipynb") },
      ]);
    assert.ok(existsSync(made));
  });

  it("are a page beside the notebook, or beside --out, or --out itself", () => {
    const page = (out?: string) => targets(["x/a.ipynb"], { to: "html", ...(out !== undefined && { out }) })[0]!;
    assert.deepEqual(page(), { file: "x/a.ipynb", name: "", page: "x/a.html" });
    assert.deepEqual(page("y/b.ipynb"), { file: "x/a.ipynb", name: "", notebook: "y/b.ipynb", page: "y/b.html" });
    assert.deepEqual(page("y/c.html"), { file: "x/a.ipynb", name: "", page: "y/c.html" });
    assert.deepEqual(page(folder).page, join(folder, "a.html"));
  });

  it("must not be one for several notebooks", () => {
    assert.throws(
      () => targets(["a.ipynb", "b.ipynb"], { out: "c.ipynb" }),
      /expected --out to be a folder, got the file c\.ipynb; write "c\.ipynb\/" for a new folder/,
    );
    const same = ["x/a.ipynb", "y/a.ipynb"];
    assert.throws(
      () => targets(same, { out: folder }),
      /x\/a\.ipynb and y\/a\.ipynb would both be written to .*a\.ipynb/,
    );
    assert.throws(() => targets(["a.ipynb", "./a.ipynb"], { to: "html" }), /would both be written to a\.html/);
  });

  it("belong to notebooks that are called by their paths where they have the same name", () => {
    assert.deepEqual(
      targets(["x/a.ipynb", "y/a.ipynb", "b.ipynb"], {}).map(({ name }) => name),
      ["x/a.ipynb", "y/a.ipynb", "b"],
    );
  });
});
