import assert from "node:assert/strict";
import { kernelForTheseTests } from "../support.js";

describe("the result of a cell", () => {
  const kernel = kernelForTheseTests();

  it("is the value of its last expression, as text without colours", async () => {
    const ran = await kernel.run(`({ a: 1, b: ["x", null], c: new Map([[1, 2]]) })`);
    assert.equal(ran.result, "{ a: 1, b: [ 'x', null ], c: Map(1) { 1 => 2 } }");
    assert.equal(ran.reply.status, "ok");
  });

  it("is not shown where there is none, or where it is undefined", async () => {
    assert.deepEqual((await kernel.run("const a = 1;")).types, []);
    assert.deepEqual((await kernel.run("undefined")).types, []);
    assert.equal((await kernel.run("null")).result, "null");
  });

  it("waits for what the cell awaits at its top level", async () => {
    assert.equal(
      (await kernel.run(`const later = await new Promise<number>((r) => setTimeout(r, 5, 7)); later + 1`)).result,
      "8",
    );
  });

  it("of a promise that is not awaited is the promise, without marks of the kernel", async () => {
    assert.equal((await kernel.run("Promise.resolve(3)")).result, "Promise { 3 }");
    assert.equal((await kernel.run("await 0; Promise.resolve(3)")).result, "Promise { 3 }");
  });

  it("is the object's own rendering where it has one", async () => {
    const ran = await kernel.run(
      `({ async [Symbol.for("Jupyter.display")]() { return { "text/html": "<b>1</b>", "text/plain": "one" }; } })`,
    );
    assert.deepEqual(ran.contents("execute_result")[0]?.data, { "text/html": "<b>1</b>", "text/plain": "one" });
  });

  it("falls back to text where the object's rendering throws, hangs, or is no bundle", async () => {
    for (const body of [
      "throw new Error('no')",
      "return new Promise(() => {})",
      "return 'text'",
      "return { 'text/plain': 'a', get 'text/html'() { throw 1 } }",
    ]) {
      const ran = await kernel.run(`({ [Symbol.for("Jupyter.display")](): unknown { ${body} } })`);
      assert.match(String(ran.result), /Symbol\(Jupyter\.display\)/, body);
    }
  });

  it("survives circles, getters and proxies that throw, and an inspection that throws", async () => {
    assert.equal((await kernel.run("const me: any = {}; me.self = me; me")).result, "<ref *1> { self: [Circular *1] }");
    assert.equal((await kernel.run("({ get bad(): number { throw new Error('no'); } })")).result, "{ bad: [Getter] }");
    assert.equal((await kernel.run("new Proxy({}, { get() { throw new Error('no'); } })")).result, "{}");
    assert.equal(
      (await kernel.run("const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); proxy")).result,
      "<Revoked Proxy>",
    );
    const all = "new Proxy({}, new Proxy({}, { get() { return () => { throw new Error('no'); }; } }))"; // every trap throws
    assert.equal((await kernel.run(all)).reply.status, "ok");
    const ran = await kernel.run(`({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("never"); } })`);
    assert.equal(ran.result, "[a value that cannot be shown: never]");
  });

  it("of a huge value is cut, and says so", async () => {
    assert.match(String((await kernel.run("new Float64Array(1e6)")).result), /999900 more items/); // 100 of 10^6 are shown
    assert.match(String((await kernel.run(`"x".repeat(1e7)`)).result), /9990000 more characters$/); // 10^4 of 10^7
    const deep = String(
      (await kernel.run(`Array.from({ length: 100 }, () => Array(100).fill("y".repeat(100)))`)).result,
    );
    assert.ok(deep.length < 110_000 && /more characters$/.test(deep), `${deep.length}`);
  });

  it("reaches any front end as JSON: typed arrays as lists, pictures as base64", async () => {
    const ran = await kernel.run(`({ [Symbol.for("Jupyter.display")]: () => ({
      "application/json": { y: new Float32Array([1, 0.5]), n: 2n },
      "image/png": new Uint8Array([1, 2, 3]),
    }) })`);
    assert.deepEqual(ran.contents("execute_result")[0]?.data, {
      "application/json": { y: [1, 0.5], n: "2" },
      "image/png": "AQID", // RFC 4648 of the bytes 1, 2, 3
    });
  });

  it("requires packages from the folder of the notebook, and imports them dynamically", async () => {
    assert.equal((await kernel.run(`import { sep } from "node:path"; sep.length`)).result, "1");
    assert.equal((await kernel.run(`(await import("node:os")).EOL.length > 0`)).result, "true");
  });
});
