import assert from "node:assert/strict";
import type { Content } from "#kernel/wire/messages.js";
import { folderForTheseTests, kernelForTheseTests, type Ran } from "../support.js";

const data = (ran: Ran, type = "display_data") => ran.contents(type).map((content) => content.data as Content);

describe("the globals of every cell, in a folder without packages", () => {
  const kernel = kernelForTheseTests({ folder: folderForTheseTests() });

  it("display shows values, bundles and objects that render themselves", async () => {
    const ran = await kernel.run(`
      display("text"); display([1, { a: 2 }]); display({ "text/html": "<b>b</b>" });
      display({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "myself" }) });`);
    assert.deepEqual(data(ran), [
      { "text/plain": "text" },
      { "text/plain": "[ 1, { a: 2 } ]" },
      { "text/html": "<b>b</b>" },
      { "text/plain": "myself" },
    ]);
  });

  it("display survives circles, bigints and getters that throw", async () => {
    const ran = await kernel.run(
      "const round: any = { n: 1n, get bad() { throw 1; } }; round.me = round; display(round);",
    );
    assert.deepEqual(data(ran), [{ "text/plain": "<ref *1> { n: 1n, bad: [Getter], me: [Circular *1] }" }]);
  });

  it("display names an output and replaces it, clearOutput removes what is there", async () => {
    const ran = await kernel.run(
      `display("1", { id: "d" }); display("2", { id: "d", update: true }); clearOutput(); clearOutput({ wait: true }); clearOutput(true);`,
    );
    assert.deepEqual(ran.types.slice(0, 2), ["display_data", "update_display_data"]);
    assert.deepEqual(data(ran, "update_display_data"), [{ "text/plain": "2" }]);
    assert.deepEqual(ran.contents("clear_output"), [{ wait: false }, { wait: true }, { wait: true }]);
  });

  it("the library can ask for what a cell has declared last under a name", async () => {
    await kernel.run("function twice(x: number) { return x + x; }\nlet later = 1;");
    await kernel.run("function twice(x: number) { return 2 * x + 0.5; }");
    const ran = await kernel.run(
      `later = 3; const host = (globalThis as any)[Symbol.for("unroll.host")];
      const early = host.declared("late"); const late = 1;
      [host.declared("twice")(4), host.declared("later"), early, host.declared("nobody")]`,
    );
    assert.match(
      String((ran.contents("execute_result")[0]!.data as Content)["text/plain"]),
      /^\[ 8\.5, 3, undefined, undefined \]$/,
    );
  });

  it("progress draws a bar around a loop, whose last state is shown", async () => {
    const ran = await kernel.run(
      `let sum = 0; for (const n of progress([1, 2, 3], { label: "adding" })) sum += n; sum`,
    );
    assert.equal(ran.result, "6");
    assert.match(String(data(ran, "update_display_data").at(-1)?.["text/plain"]), /^adding +100 % +3 of 3/);
  });

  it("are typed, and have documentation", async () => {
    for (const [code, message] of [
      ["display(1, { update: 2 })", /Type 'number' is not assignable to type 'boolean/],
      ["const n: number = input();", /Type 'string' is not assignable to type 'number'/],
      ["for (const s of progress(['a'])) s.toFixed()", /'toFixed' does not exist on type 'string'/],
      ["clearOutput('soon')", /not assignable/],
    ] as const)
      assert.match(String(((await kernel.run(code)).reply as { evalue?: string }).evalue), message);
    const shown = (await kernel.client.inspect("display", 3)).data as Content;
    assert.match(String(shown["text/plain"]), /^function display\(value: unknown[\s\S]*Shows a value below the cell/);
    assert.ok(((await kernel.client.complete("clearO")).matches as string[]).includes("clearOutput"));
  });

  it("display shows a matrix, a table, a picture, a figure and a model in rich forms, and in words", async () => {
    const ran = await kernel.run(`
      import { classifier, image, plot, random, rnn, summary, table, zeros } from "unroll";
      const model = classifier(rnn(2, 3), 4);
      display(zeros(2, 3)); display(table([{ a: 1 }])); display(image(zeros(2, 3)));
      display(plot.curves([{ name: "loss", y: [1, 2] }])); display(summary(model.init(random(1))));`);
    assert.deepEqual(
      data(ran).map((bundle) => Object.keys(bundle).sort()),
      [
        ["text/html", "text/plain"],
        ["text/html", "text/plain"],
        ["image/png", "text/plain"],
        ["application/vnd.plotly.v1+json", "text/html", "text/plain"],
        ["text/html", "text/plain"],
      ],
    );
  });

  it("give way to a declaration of the same name, in the cells that follow too", async () => {
    assert.equal((await kernel.run("const progress = 3; progress + 1")).result, "4");
    assert.equal((await kernel.run("progress + 2")).result, "5");
  });

  it("give way to the library's export of the same name", async () => {
    const ran = await kernel.run(`import { display as shown, display } from "unroll"; display("from the library");`);
    assert.deepEqual(data(ran), [{ "text/plain": "from the library" }]);
    assert.deepEqual(data(await kernel.run(`shown("again")`)), [{ "text/plain": "again" }]);
  });

  it("are of the types that the library's functions have", async () => {
    const names = ["display", "clearOutput", "progress", "input", "prompt", "confirm"];
    const both = names.map(
      (n) => `const a_${n}: typeof library.${n} = globalThis.${n}, b_${n}: typeof globalThis.${n} = library.${n};`,
    );
    const { reply } = await kernel.run(`import * as library from "unroll"; ${both.join("\n")}`);
    assert.deepEqual([reply.status, (reply as { evalue?: string }).evalue], ["ok", undefined]);
  });
});

describe("a live output", () => {
  const kernel = kernelForTheseTests();
  const start = `import { live } from "unroll"; let state = 0; const view = live(() => "state " + state, { every: 1e6 });
    for (state = 1; state < 5; state++) view.update();`;
  const shown = (ran: Ran) =>
    [...data(ran), ...data(ran, "update_display_data")].map((bundle) => bundle["text/plain"]).join(", ");

  it("is drawn at most ten times a second, the first and the last state always", async () => {
    const ran = await kernel.run(`import { live } from "unroll"; let n = 0; const quick = live(() => "n " + n);
      const begin = performance.now();
      while (performance.now() - begin < 500) { n++; quick.update(); }
      [n, performance.now() - begin]`);
    const [n, elapsed] = JSON.parse(String(ran.result)) as [number, number];
    assert.ok(n > 1000, `only ${n} updates`);
    const drawn = ran.contents("update_display_data").map((content) => (content.data as Content)["text/plain"]);
    assert.ok(drawn.length >= 2 && drawn.length <= elapsed / 100 + 1, `${drawn.length} drawings in ${elapsed} ms`);
    assert.deepEqual([data(ran)[0]?.["text/plain"], drawn.at(-1)], ["n 1", `n ${n}`]);
  });

  it("shows its last state when its cell ends", async () => {
    const ran = await kernel.run(start);
    assert.equal(shown(ran), "state 1, state 5");
    assert.deepEqual([ran.reply.status, ran.types], ["ok", ["display_data", "update_display_data"]]);
  });

  it("shows its last state when its cell fails, before the error", async () => {
    const ran = await kernel.run(`${start} throw new Error("stop");`);
    assert.equal(shown(ran), "state 1, state 5");
    assert.deepEqual(ran.types, ["display_data", "update_display_data", "error"]);
  });

  it("shows its last state when its cell is interrupted", async () => {
    const ran = await kernel.runAndInterrupt(`${start} console.log("go"); while (true);`);
    assert.equal(shown(ran), "state 1, state 5");
    assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
  });

  it("shows its last state when its cell is interrupted while it awaits", async () => {
    const loops = "const draw = () => { let sum = 0; for (let i = 0; i < 2e7; i++) sum += i; return sum; };";
    const ran = await kernel.runAndInterrupt(`import { live } from "unroll"; ${loops}
      let at = 0; const slow = live(() => "at " + at + " " + draw(), { every: 1e6 });
      for (at = 1; at < 3; at++) slow.update(); console.log("go"); await new Promise(() => {});`);
    assert.equal(shown(ran), "at 1 199999990000000, at 3 199999990000000"); // 0 + 1 + … + 19,999,999
  });

  it("cannot hold up an interrupt", async () => {
    const ran = await kernel.runAndInterrupt(`import { live } from "unroll"; let hangs = false;
      const endless = live(() => { while (hangs); return "x"; }, { every: 1e6 });
      endless.update(); hangs = true; endless.update(); console.log("go"); await new Promise(() => {});`);
    assert.equal((ran.reply as { ename?: string }).ename, "KeyboardInterrupt");
    assert.equal((await kernel.run("hangs = false; 1")).result, "1");
  });

  it("that cannot be drawn at the end of its cell is the cell's error", async () => {
    const ran = await kernel.run(`import { live } from "unroll"; let fails = false;
      const broken = live(() => { if (fails) throw new RangeError("no picture"); return "x"; }, { every: 1e6 });
      broken.update(); fails = true; broken.update();`);
    assert.equal((ran.reply as { evalue?: string }).evalue, "no picture");
  });
});
