import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gitBlobSha1 } from "#kernel/data/blob.js";
import { download, Unreachable } from "#kernel/data/download.js";
import { FileServer, type Served } from "../../support/file-server.js";
import { folderForTheseTests } from "../support.js";

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251);
const known = { bytes: content.length, gitBlobSha1: gitBlobSha1(content) };

describe("a download", () => {
  const folder = folderForTheseTests();
  const file = join(folder, "file");
  const part = `${file}.part`;
  const server = new FileServer();
  let address: string;
  before(async () => {
    address = await server.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    for (const path of [file, part]) rmSync(path, { force: true });
    server.requests.length = 0;
  });

  const fetched = (served: Partial<Served>, expected: object = known, signal = new AbortController().signal) => {
    let bytes = 0;
    server.files.set("/file", { content, arrived: () => bytes, ...served });
    return download(`${address}/file`, file, expected, { signal, onBytes: (now) => (bytes = now) });
  };
  const isWhole = () => {
    assert.deepEqual(readFileSync(file), Buffer.from(content));
    assert.equal(existsSync(part), false);
  };

  it("is the file as it was sent, and says how far it is", async () => {
    const seen: number[] = [];
    server.files.set("/file", { content });
    const { signal } = new AbortController();
    await download(`${address}/file`, file, known, { signal, onBytes: (bytes) => seen.push(bytes) });
    isWhole();
    assert.equal(seen.at(-1), content.length);
  });

  it("goes on where it broke off", async () => {
    await fetched({ breaks: [70_000, 50_000] });
    isWhole();
    assert.equal(server.requests.length, 3);
    assert.match(server.requests[1]!, /^\/file bytes=[1-9]\d*-$/);
  });

  it("begins anew where the server sends no parts", async () => {
    await fetched({ ranges: false, breaks: [70_000] });
    isWhole();
  });

  it("keeps what has come when it breaks off again and again, and goes on with that the next time", async () => {
    await assert.rejects(fetched({ breaks: [40_000, 10_000, 10_000, 10_000] }), /broke off again and again; the same/);
    assert.equal(existsSync(file), false);
    const before = readFileSync(part).length;
    assert.ok(before > 0);
    server.requests.length = 0;
    await fetched({});
    isWhole();
    assert.deepEqual(server.requests, [`/file bytes=${before}-`]);
  });

  it("is fetched anew where the beginning that was there is of another file", async () => {
    writeFileSync(part, new Uint8Array(1000));
    await fetched({});
    isWhole();
    writeFileSync(part, new Uint8Array(content.length + 5)); // longer than all of it
    rmSync(file);
    await fetched({});
    isWhole();
  });

  it("goes on without knowing how long the file is, and when all of it had come", async () => {
    const { gitBlobSha1: name } = known;
    await fetched({ breaks: [70_000] }, { gitBlobSha1: name });
    isWhole();
    rmSync(file);
    writeFileSync(part, content);
    await fetched({}, { gitBlobSha1: name }); // the server answers 416
    isWhole();
  });

  it("does not put two halves together that no hash holds together", async () => {
    writeFileSync(part, new Uint8Array(1000));
    await fetched({ breaks: [70_000] }, {});
    isWhole();
    assert.deepEqual(server.requests, ["/file", "/file"]);
  });

  it("is not there when it is another file", async () => {
    const expected = { bytes: content.length, gitBlobSha1: "0".repeat(40) };
    await assert.rejects(fetched({}, expected), (error: Error) => {
      assert.equal(
        error.message,
        `${address}/file: expected the content that git names ${"0".repeat(40)}, found ${known.gitBlobSha1}: it is not the file that this course knows`,
      );
      return true;
    });
    await assert.rejects(fetched({}, { bytes: 7 }), /expected 7 bytes, found 200000: it is not/);
    assert.deepEqual([existsSync(file), existsSync(part)], [false, false]);
  });

  it("says that the server has no such file", async () => {
    const { signal } = new AbortController();
    await assert.rejects(
      download(`${address}/other`, file, known, { signal }),
      /other: the server answers 404 Not Found$/,
    );
  });

  it("says that there is no way to the server", async () => {
    const { signal } = new AbortController();
    await assert.rejects(download("http://127.0.0.1:1/file", file, known, { signal }), (error: Error) => {
      assert.ok(error instanceof Unreachable);
      assert.match(error.message, /^127\.0\.0\.1:1 cannot be reached \(\w.*\)$/);
      return true;
    });
  });

  it("that is interrupted keeps what has come", async () => {
    const controller = new AbortController();
    server.files.set("/file", { content, stallsAt: 30_000 });
    const run = download(`${address}/file`, file, known, {
      signal: controller.signal,
      onBytes: (bytes) => {
        if (bytes >= 30_000) controller.abort();
      },
    });
    await assert.rejects(run, { name: "AbortError" });
    assert.equal(existsSync(file), false);
    assert.equal(readFileSync(part).length, 30_000);
  });
});

describe("git's name of a content", () => {
  it("is that of git hash-object", () =>
    assert.equal(gitBlobSha1(Buffer.from("hello\n")), "ce013625030ba8dba906f756967f9e9ca394464a"));
});
