import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setupModule, temporaryFolder } from "./setup-module.js";

interface PackageIndex {
  pipOptions(
    python: string,
    context: { cwd: string; env: NodeJS.ProcessEnv; probeTimeout?: number },
  ): Promise<string[] | undefined>;
}

const { pipOptions } = await setupModule<PackageIndex>("package-index.mjs");

const QUICK = ["--disable-pip-version-check", "--no-input", "--timeout", "10"];

describe("the options for pip", () => {
  const folder = temporaryFolder();
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
    server = undefined;
  });

  /** A Python whose pip has this configuration; everything else the machine's Python does. */
  function pythonWith(configuration: string[]): string {
    const python = join(folder.path, "python");
    const answer = configuration.map((line) => `  echo "${line}"`).join("\n") || "  :";
    writeFileSync(python, `#!/bin/sh\nif [ "$2" = pip ]; then\n${answer}\nelse\n  exec python3 "$@"\nfi\n`, {
      mode: 0o755,
    });
    return python;
  }

  /** A server on a port of its own. */
  async function listen(onConnection: (socket: import("node:net").Socket) => void): Promise<string> {
    server = createServer(onConnection);
    await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/simple`;
  }

  const withoutProxy = { ...process.env, http_proxy: "", HTTP_PROXY: "", all_proxy: "", ALL_PROXY: "" };
  const options = (configuration: string[], probeTimeout?: number) =>
    pipOptions(pythonWith(configuration), {
      cwd: folder.path,
      env: withoutProxy,
      ...(probeTimeout !== undefined && { probeTimeout }),
    });

  it("try again on a network that answers", async () => {
    const index = await listen((socket) => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    assert.deepEqual(await options([`global.index-url='${index}'`]), [...QUICK, "--retries", "3"]);
  });

  it("do not try again where the index refuses", async () => {
    const index = await listen(() => {});
    server?.close(); // From here on the port is closed.
    assert.deepEqual(await options([`global.index-url='${index}'`]), [...QUICK, "--retries", "0"]);
  });

  describe("where the index never answers", () => {
    const silent = async (...others: string[]) => {
      const sockets: import("node:net").Socket[] = [];
      const index = await listen((socket) => sockets.push(socket));
      const found = await options([`global.index-url='${index}'`, ...others], 500);
      for (const socket of sockets) socket.destroy();
      return found;
    };

    it("leave it out for an extra index", async () => {
      assert.deepEqual(await silent("global.extra-index-url='file:///opt/simple https://other/simple'"), [
        ...QUICK,
        "--retries",
        "0",
        "--index-url",
        "file:///opt/simple",
      ]);
    });

    it("leave it out for a folder of wheels", async () => {
      assert.deepEqual(await silent(":env:.find-links='/opt/wheels'"), [...QUICK, "--no-index"]);
    });

    it("are none where there is no other place", async () => {
      assert.equal(await silent(), undefined);
    });
  });

  it("leave to pip what only pip can judge", async () => {
    assert.deepEqual(
      await options(["global.index-url='http://127.0.0.1:1/simple'", "global.proxy='http://proxy:3128'"]),
      [...QUICK, "--retries", "3"],
    );
    assert.deepEqual(await options(["global.no-index='true'"]), QUICK);
  });
});
