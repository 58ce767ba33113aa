import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setupModule, temporaryFolder } from "./setup-module.js";

type Work = (lock: { noteChild(pid: number): void }) => Promise<void>;
interface Lock {
  withLock(file: string, work: Work, options?: { say?: (sentence: string) => void; pause?: number }): Promise<void>;
}

const { withLock } = await setupModule<Lock>("lock.mjs");

describe("the lock of the set-up", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "setup.tmp");

  it("lets one set-up work after the other, and tells the one that waits", async () => {
    const events: string[] = [];
    const say = (sentence: string) => events.push(sentence);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = withLock(file(), async () => held.then(() => void events.push("first ends")), { pause: 3 });
    const second = withLock(
      file(),
      async () => {
        events.push("second works");
      },
      {
        say: (sentence) => {
          say(sentence);
          release();
        },
        pause: 3,
      },
    );
    await Promise.all([first, second]);
    const told = `Another set-up (process ${process.pid}) works in this folder; waiting for it to end …`;
    assert.deepEqual(events, [told, "first ends", "second works"]);
    assert.equal(existsSync(file()), false);
  });

  it("is free again when the work fails", async () => {
    await assert.rejects(
      withLock(file(), () => Promise.reject(new Error("no space")), { pause: 3 }),
      /no space/,
    );
    assert.equal(existsSync(file()), false);
  });

  it("does not hold when the set-up that took it was killed", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(file(), JSON.stringify({ pid }));
    let worked = false;
    await withLock(file(), async () => void (worked = true), { pause: 3 });
    assert.equal(worked, true);
  });

  it("holds as long as a program that the killed set-up has started", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    writeFileSync(file(), JSON.stringify({ pid, child: child.pid }));
    let said = "";
    const work = async () => assert.notEqual(said, "");
    const say = (sentence: string) => {
      said = sentence;
      child.kill();
    };
    await withLock(file(), work, { say, pause: 3 });
  });
});
