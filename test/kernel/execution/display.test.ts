import assert from "node:assert/strict";
import { HOST, kernelForTheseTests } from "../support.js";

describe("display", () => {
  const kernel = kernelForTheseTests();

  it("shows a bundle with its metadata in the middle of a cell", async () => {
    const ran = await kernel.run(
      `console.log("a"); ${HOST}.show({ "text/plain": "p", "application/json": { a: [1] } }, { metadata: { m: 1 } }); console.log("b");`,
    );
    assert.deepEqual(ran.types, ["stream", "display_data", "stream"]);
    assert.deepEqual(ran.contents("display_data"), [
      { data: { "text/plain": "p", "application/json": { a: [1] } }, metadata: { m: 1 }, transient: {} },
    ]);
  });

  it("updates what was shown under an id, from another cell too", async () => {
    const shown = await kernel.run(`${HOST}.show({ "text/plain": "1" }, { id: "x" })`);
    assert.deepEqual(shown.contents("display_data")[0]?.transient, { display_id: "x" });
    const updated = await kernel.run(`${HOST}.show({ "text/plain": "2" }, { id: "x", update: true })`);
    assert.deepEqual(updated.contents("update_display_data"), [
      { data: { "text/plain": "2" }, metadata: {}, transient: { display_id: "x" } },
    ]);
  });

  it("is a snapshot: what is changed afterwards is not shown", async () => {
    const ran = await kernel.run(`const y = [1]; ${HOST}.show({ "application/json": { y } }); y.push(2);`);
    assert.deepEqual(ran.contents("display_data")[0]?.data, { "application/json": { y: [1] } });
  });

  it("clears the output, at once or when the next one comes", async () => {
    const ran = await kernel.run(`${HOST}.clear(); ${HOST}.clear({ wait: true });`);
    assert.deepEqual(ran.contents("clear_output"), [{ wait: false }, { wait: true }]);
  });

  it("of what is no bundle is an error that says so", async () => {
    const { reply } = await kernel.run(`${HOST}.show("text")`);
    assert.match(String((reply as { evalue?: string }).evalue), /^Expected a MIME bundle .+, got 'text'\.$/);
  });

  it("of tslab shows through the kernel: values, updates and pictures", async () => {
    const ran = await kernel.run(`import * as tslab from "tslab";
      tslab.display.html("<b>x</b>");
      tslab.display.png(new Uint8Array([1, 2, 3]));
      const place = tslab.newDisplay(); place.text("a"); place.text("b");`);
    assert.deepEqual(ran.types, ["display_data", "display_data", "display_data", "update_display_data"]);
    assert.deepEqual(
      ran.contents("display_data").map(({ data }) => data),
      [
        { "text/html": "<b>x</b>" },
        { "image/png": "AQID" }, // RFC 4648 of the bytes 1, 2, 3
        { "text/plain": "a" },
      ],
    );
  });
});
