import assert from "node:assert/strict";
import fc from "fast-check";
import { Codec } from "#kernel/wire/frames.js";
import { createHeader, type Outgoing } from "#kernel/wire/messages.js";

const buffers = (frames: (Uint8Array | string)[]) => frames.map((frame) => Buffer.from(frame as string));
const codec = () => new Codec("secret", "sha256");

const header = fc
  .record({ type: fc.string(), session: fc.string(), username: fc.string() })
  .map(({ type, session, username }) => createHeader(type, session, username));
const content = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)) as object);
const bytes = fc.uint8Array({ maxLength: 20 });
/** A routing prefix that is the delimiter itself is none that ZeroMQ makes. */
const identities = fc.array(bytes, { maxLength: 3 });
const outgoing = fc.record({
  identities,
  header,
  parent: header,
  metadata: content,
  content,
  buffers: fc.array(bytes),
}) as fc.Arbitrary<Required<Outgoing> & { identities: Uint8Array[] }>;

describe("frames", () => {
  it("carry the signature that Python's hmac module computes over the four parts", () => {
    const header = {
      msg_id: "1",
      msg_type: "status",
      session: "s",
      username: "u",
      date: "2026-01-01T00:00:00.000Z",
      version: "5.4",
    };
    const frames = buffers(codec().encode({ identities: ["topic"], header, content: { execution_state: "idle" } }));
    // hmac.new(b"secret", b"".join(parts), "sha256").hexdigest()
    assert.equal(String(frames[2]), "3f1976112ca5fcede32b9e86326cd13d815a18827ddb7a7023c26310a83b4c7a");
    assert.deepEqual(frames.slice(0, 2).map(String), ["topic", "<IDS|MSG>"]);
  });

  it("bring every message to the other side as it was", () => {
    fc.assert(
      fc.property(outgoing, (message) => {
        const decoded = codec().decode(buffers(codec().encode(message)))!;
        assert.deepEqual(decoded.header, message.header);
        assert.deepEqual(decoded.parent, message.parent);
        assert.deepEqual(decoded.metadata, message.metadata);
        assert.deepEqual(decoded.content, message.content);
        assert.deepEqual(decoded.identities.map(Buffer.from), message.identities.map(Buffer.from));
        assert.deepEqual(decoded.buffers.map(Buffer.from), message.buffers.map(Buffer.from));
      }),
    );
  });

  it("with one changed bit in what is signed are no message", () => {
    fc.assert(
      fc.property(outgoing, fc.nat(), fc.nat(), ({ identities: _, buffers: __, ...message }, where, bit) => {
        const frames = buffers(codec().encode(message)).slice(1); // the delimiter is not signed
        const all = frames.flatMap((frame, index) => [...frame.keys()].map((byte) => [index, byte] as const));
        const [index, byte] = all[where % all.length]!;
        frames[index]![byte]! ^= 1 << (bit % 8);
        assert.equal(codec().decode([Buffer.from("<IDS|MSG>"), ...frames]), undefined);
      }),
    );
  });

  it("of any other kind are no message, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(bytes, fc.constant(Buffer.from("<IDS|MSG>")))), (frames) => {
        assert.equal(codec().decode(frames), undefined);
        assert.equal(new Codec("", "sha256").decode(frames), undefined);
      }),
    );
  });

  it("that were seen before are refused", () => {
    const receiver = codec();
    const frames = buffers(codec().encode({ header: createHeader("status", "s", "u"), content: {} }));
    assert.ok(receiver.decode(frames));
    assert.equal(receiver.decode(frames), undefined);
  });

  it("signed with another key are refused", () => {
    const frames = buffers(
      new Codec("other", "sha256").encode({ header: createHeader("status", "s", "u"), content: {} }),
    );
    assert.equal(codec().decode(frames), undefined);
  });

  it("are not signed where the key is empty", () => {
    const open = new Codec("", "sha256");
    const frames = buffers(open.encode({ header: createHeader("status", "s", "u"), content: {} }));
    assert.equal(frames[1]!.length, 0);
    assert.ok(open.decode(frames));
  });

  it("take content that is JSON already as it is", () => {
    const frames = buffers(codec().encode({ header: createHeader("error", "s", "u"), content: '{"a":1}' }));
    assert.deepEqual(codec().decode(frames)!.content, { a: 1 });
  });
});
