import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { answers } from "../support/answers.js";
import { JupyterServer } from "../support/jupyter-server.js";
import { needsJupyter } from "../support/needs.js";
import { projectFolder } from "../support/project.js";
import { temporaryFolder } from "./setup-module.js";

describe("unroll start", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let server: JupyterServer | undefined;

  before(function () {
    needsJupyter(this);
  });

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  const start = (options: string[], env?: NodeJS.ProcessEnv) => {
    server = new JupyterServer(folder.path, { options, ...(env && { env }) });
    return server;
  };

  it("prints an address with a token, and lets nobody in without it", async () => {
    const address = await start(["--port", "0"]).address();
    assert.match(address.href, /^http:\/\/127\.0\.0\.1:\d+\/lab\?token=[0-9a-f]{48}$/);
    assert.equal((await fetch(address)).status, 200);
    assert.equal((await fetch(new URL("/api/contents", address))).status, 403);
  });

  it("listens on 127.0.0.1 and on no other address", async () => {
    const { port } = await start(["--port", "0"]).address();
    assert.equal(await answers("127.0.0.1", Number(port)), true);
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, internal } of others) {
      if (!internal) assert.equal(await answers(address, Number(port)), false, address);
    }
  });

  it("ends with one Ctrl-C, and its kernels end with it", async () => {
    const address = await start(["--port", "0"]).address();
    const token = { Authorization: `token ${address.searchParams.get("token")}` };
    const kernels = new URL("/api/kernels", address);
    const body = JSON.stringify({ name: "unroll" });
    const { id } = (await (await fetch(kernels, { method: "POST", headers: token, body })).json()) as { id: string };
    const connection = join(projectFolder, ".venv", "jupyter", "runtime", `kernel-${id}.json`);
    const { hb_port: heartbeat } = JSON.parse(readFileSync(connection, "utf8"));
    while (!(await answers("127.0.0.1", heartbeat))) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await server!.stop(), 0);
    assert.equal(await answers("127.0.0.1", Number(address.port)), false, "the server");
    assert.equal(await answers("127.0.0.1", heartbeat), false, "the kernel");
  });

  it("says that a port is in use", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    const { port } = holder.address() as { port: number };
    assert.equal(await start(["--port", String(port)]).ended(), 1);
    assert.equal(
      server!.output,
      `Port ${port} is in use or not allowed; give another one with --port, or leave it out for a free one.\n`,
    );
    holder.close();
  });

  it("says that a folder is not there", async () => {
    server = new JupyterServer(join(folder.path, "nowhere"));
    assert.equal(await server.ended(), 1);
    assert.match(server.output, /^There is no folder .*nowhere; give start a folder with notebooks\.\n$/);
  });

  it("starts whatever the user's own Jupyter is told to do", async () => {
    const config = join(folder.path, "config");
    mkdirSync(config);
    writeFileSync(join(config, "jupyter_server_config.py"), "raise SystemExit('the wrong configuration')");
    const address = await start(["--port", "0"], { JUPYTER_CONFIG_DIR: config, JUPYTER_PATH: config }).address();
    const token = { Authorization: `token ${address.searchParams.get("token")}` };
    const found = await (await fetch(new URL("/api/kernelspecs", address), { headers: token })).json();
    const { kernelspecs, default: first } = found as { kernelspecs: Record<string, unknown>; default: string };
    assert.equal(first, "unroll");
    assert.ok("unroll" in kernelspecs);
  });
});
