import assert from "node:assert/strict";
import { kernelForTheseTests } from "../support.js";

describe("input", () => {
  const kernel = kernelForTheseTests();

  it("asks the front end and stands still until the answer is there", async () => {
    const asked: unknown[] = [];
    const onInput = (prompt: string, isSecret: boolean) => {
      asked.push([prompt, isSecret]);
      return "Ada 😀";
    };
    const ran = await kernel.run(`const answer: string = input("Name? "); answer + "!"`, { onInput });
    assert.equal(ran.result, "'Ada 😀!'");
    assert.deepEqual(asked, [["Name? ", false]]);
  });

  it("does not show a password while it is typed", async () => {
    let secret: boolean | undefined;
    await kernel.run(`input("Key? ", { password: true })`, {
      onInput: (_, isSecret) => {
        secret = isSecret;
        return "";
      },
    });
    assert.equal(secret, true);
  });

  it("takes an answer of any length", async () => {
    const ran = await kernel.run(`input().length`, { onInput: () => "x".repeat(1_000_000) });
    assert.equal(ran.result, "1000000");
  });

  it("shows what was printed before the question", async () => {
    const order: string[] = [];
    await kernel.client.execute(`console.log("before"); input("?")`, {
      onMessage: ({ header }) => header.msg_type === "stream" && order.push("stream"),
      onInput: () => String(order.push("question")),
    });
    assert.deepEqual(order, ["stream", "question"]);
  });

  it("can be interrupted, and the next question gets its own answer", async () => {
    let interrupted: Promise<void> | undefined;
    const stopped = await kernel.run(`input("never?")`, {
      onInput: () => {
        interrupted = kernel.client.interrupt();
        return interrupted.then(() => "too late");
      },
    });
    await interrupted;
    assert.equal((stopped.reply as { ename?: string }).ename, "KeyboardInterrupt");
    assert.equal((await kernel.run(`input("again?")`, { onInput: () => "new" })).result, "'new'");
  });

  it("is an error where nobody is there to answer", async () => {
    const { reply } = await kernel.run(`input("?")`);
    assert.match(String((reply as { evalue?: string }).evalue), /front end takes no input/);
  });

  it("prompt gives the preset for an empty line, confirm understands yes and no", async () => {
    const answers = ["", "y", "no"];
    const ran = await kernel.run(`[prompt("n?", "3"), confirm("sure?"), confirm("sure?")]`, {
      onInput: () => answers.shift()!,
    });
    assert.equal(ran.result, "[ '3', true, false ]");
  });
});
