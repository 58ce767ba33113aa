import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { Codec } from "#kernel/wire/frames.js";
import { createHeader } from "#kernel/wire/messages.js";
import { kernelForTheseTests } from "../support.js";
import { changes, DELIMITER, isIntact, mutated, signedRequest, TYPES } from "./mutations.js";

const KEY = "secret";

describe("frames from a broken or hostile peer", function () {
  this.timeout(120_000);

  it("are no message: of 100,000 none throws, and none is taken whose signed parts are not as they were", () => {
    const originals = TYPES.map((type) => signedRequest(KEY, `${type}_request`));
    let taken = 0;
    fc.assert(
      fc.property(fc.nat(originals.length - 1), changes, (which, made) => {
        const original = originals[which]!;
        const frames = mutated(original, made);
        const codec = new Codec(KEY, "sha256");
        const message = codec.decode(frames);
        assert.equal(message !== undefined, isIntact(frames, original));
        assert.equal(codec.decode(frames), undefined); // the second time it is a replay
        if (message) taken++;
      }),
      { numRuns: 100_000 },
    );
    assert.ok(taken > 1000, `only ${taken} were left as they were: this tests little`);
  });
});

describe("a kernel with a broken or hostile peer", function () {
  this.timeout(120_000);
  const kernel = kernelForTheseTests();

  it("lives through 3,000 of its messages on all channels, and answers none that is not signed", async () => {
    const { key } = kernel.client.process.connection;
    const answered = new Set<unknown>();
    const stop = kernel.client.listen(({ parent }) => answered.add(parent.msg_id));
    const refused = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom("shell", "control", "stdin"),
        fc.constantFrom(...TYPES, "interrupt"),
        changes,
        (channel, type, made) => {
          const original = signedRequest(key, `${type}_request`).slice(1); // the socket puts the prefix in front
          const frames = mutated(original, made);
          if (!isIntact(frames, original)) refused.add(JSON.parse(String(original[2])).msg_id as string);
          if (frames.length > 0) kernel.client.sendFrames(channel, frames);
        },
      ),
      { numRuns: 3000 },
    );
    // behind the last interrupt and the last cell
    for (const channel of ["control", "shell"] as const) await kernel.client.request(channel, "kernel_info_request");
    assert.equal((await kernel.run("1 + 1")).result, "2");
    await kernel.client.heartbeat();
    stop();
    assert.ok(refused.size > 1000 && answered.size > 100, `${refused.size} refused, ${answered.size} answered`);
    assert.deepEqual(
      [...refused].filter((id) => answered.has(id)),
      [],
    );
  });

  it("lives through signed messages that are nested too deep to be copied, and does not take them", async () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const { key } = kernel.client.process.connection;
    const codec = new Codec(key, "sha256");
    for (const type of [...TYPES.map((name) => `${name}_request`), "comm_open", "comm_msg", "input_reply"])
      for (const field of ["code", "user_expressions", "command", "comm_id", "target_name", "value", "pattern"])
        for (const channel of ["shell", "control", "stdin"] as const)
          kernel.client.sendFrames(
            channel,
            codec.encode({ header: createHeader(type, "fuzz", "u"), content: `{"${field}":${deep}}` }),
          );
    const header = JSON.stringify(createHeader("kernel_info_request", "fuzz", "u")).replace("{", `{"deep":${deep},`);
    const parts = [header, "{}", "{}", "{}"];
    const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
    kernel.client.sendFrames("shell", [DELIMITER, signature, ...parts]);
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });
});
