import assert from "node:assert/strict";
import { join } from "node:path";
import { type Contestant, foreseen } from "./line-up.js";
import { Player } from "./player.js";
import { type Taking, takeTurns } from "./rounds.js";
import { jobs } from "./shapes.js";

const ours = (engine: string) => new Player([process.execPath, join(import.meta.dirname, "ours.js"), engine]);
const contestant = (player: Player): Contestant => ({
  engine: "reference",
  node: "20.0.0",
  threads: 1,
  about: "",
  command: [],
  player,
});
const taking = (players: Player[], said: string[] = []): Taking => ({
  contestants: players.map(contestant),
  rounds: 2,
  seconds: 1e-3,
  named: false,
  signal: new AbortController().signal,
  onTurn() {},
  onDone() {},
  say: (line) => said.push(line),
});

describe("a player", () => {
  const players: Player[] = [];
  const start = (player: Player) => {
    players.push(player);
    return player;
  };
  afterEach(() => {
    for (const player of players.splice(0)) player.stop();
  });

  it("is an engine in a process of its own, which says what it is", async () => {
    const said = await start(ours("reference")).ask<{ threads: number; node: string; about: string }>({ do: "hello" });
    assert.equal(said.threads, 1);
    assert.equal(said.node, process.versions.node);
    assert.match(said.about, /^reference: /);
  });

  it("that cannot open its engine says why in a sentence", async () => {
    await assert.rejects(start(ours("nothing")).ask({ do: "hello" }), /there is no engine "nothing"/);
  });

  for (const job of jobs(["XS", "C"], ["lstm"], ["train", "generate"]).filter(
    (each) => foreseen({ engine: "reference" }, each) < 0.5,
  ))
    it(`has a time for each of its turns: ${job.task} ${job.shape}`, async () => {
      const turns = [...(await takeTurns(job, taking([start(ours("reference"))]))).values()];
      assert.equal(turns.length, 1);
      assert.equal(turns[0]?.length, 2);
      assert.ok(turns[0]?.every((milliseconds) => milliseconds > 0));
    });

  it("that dies is named and left out of the job, and the others go on", async () => {
    const dies = new Player([process.execPath, "-e", "console.error('out of luck'); process.exit(3)"]);
    const said: string[] = [];
    const turns = await takeTurns(
      jobs(["XS"], ["rnn"], ["train"])[0]!,
      taking([start(dies), start(ours("reference"))], said),
    );
    assert.equal(turns.size, 1);
    assert.deepEqual(said, [
      "reference, Node 20 fails at train rnn T20 B16 I16 H32: it ended with exit code 3: out of luck",
    ]);
  });

  it("that was stopped answers nothing any more", async () => {
    const player = start(ours("reference"));
    const asked = player.ask({ do: "hello" });
    player.stop();
    await assert.rejects(asked, /it ended with SIG/);
    await assert.rejects(player.ask({ do: "hello" }), /It was stopped/);
  });
});
