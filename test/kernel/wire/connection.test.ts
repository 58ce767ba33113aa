import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { address, type Connection, connectionFields, readConnection } from "#kernel/wire/connection.js";
import { folderForTheseTests } from "../support.js";

const connection: Connection = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "k",
  hash: "sha256",
  ports: { shell: 1001, control: 1002, stdin: 1003, iopub: 1004, hb: 1005 },
};

describe("a connection file", () => {
  const file = join(folderForTheseTests(), "connection.json");
  const read = (content: unknown) => {
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readConnection(file);
  };

  it("is read back as it was written", () => {
    assert.deepEqual(read(connectionFields(connection)), connection);
  });

  it("may name other sockets than tcp ones", () => {
    assert.equal(
      address(read({ ...connectionFields(connection), transport: "ipc", ip: "/run/k" }), "shell"),
      "ipc:///run/k-1001",
    );
    assert.equal(address(connection, "hb"), "tcp://127.0.0.1:1005");
  });

  it("that is missing is named in the error", () => {
    assert.throws(
      () => readConnection("/no/such/file.json"),
      /Connection file \/no\/such\/file\.json cannot be read: .+\.$/,
    );
  });

  it("that is not JSON is refused with its beginning", () => {
    assert.throws(() => read("[connection]"), /is not JSON: it starts with "\[connection\]"\.$/);
  });

  for (const [name, change, problem] of [
    ["lacks a port", { shell_port: undefined }, '"shell_port" must be a port between 1 and 65535, got undefined'],
    ["has a port that is none", { hb_port: 70_000 }, '"hb_port" must be a port between 1 and 65535, got 70000'],
    ["lacks the key", { key: undefined }, '"key" must be a string, got undefined'],
    ["has an address that is no text", { ip: 7 }, '"ip" must be a string, got 7'],
    ["has a transport nobody knows", { transport: "pigeon" }, 'transport must be "tcp" or "ipc", got "pigeon"'],
    ["has another signature scheme", { signature_scheme: "rot13" }, 'signature_scheme must be "hmac-sha256"'],
  ] as const)
    it(`that ${name} is refused with what was expected and what came`, () => {
      assert.throws(
        () => read({ ...connectionFields(connection), ...change }),
        (error: Error) => error.message.includes(problem),
      );
    });

  it("that holds a list is refused", () => {
    assert.throws(() => read([]), /expected an object with ip, key and five ports, got \[\]\.$/);
  });
});
