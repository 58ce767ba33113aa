import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Subscriber } from "zeromq";
import type { KernelOptions } from "#kernel/client/kernel-process.js";
import { type Kernel, startKernel } from "#kernel/client/start-kernel.js";
import { kernelArguments } from "#kernel/install/kernelspec.js";
import { Codec } from "#kernel/wire/frames.js";
import { answers } from "../../support/answers.js";
import { folderForTheseTests } from "../support.js";

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("the life of a kernel", () => {
  const folder = folderForTheseTests();
  const started: Kernel[] = [];
  const start = async (options: KernelOptions = {}) => {
    const kernel = await startKernel({ folder, ...options });
    started.push(kernel);
    return kernel;
  };
  afterEach(() => {
    for (const kernel of started.splice(0)) kernel.process.kill();
  });

  it("starts with iopub_welcome and an answer to kernel_info before TypeScript is there", async () => {
    const kernel = await start();
    assert.equal((await kernel.kernelInfo()).status, "ok");
    const first = kernel.execute("1");
    await kernel.kernelInfo(); // TypeScript takes longer to load than this answer to come
    assert.equal((await first).status, "ok");
    await kernel.shutdown();
  });

  it("welcomes each subscriber under the topic that it has subscribed to", async () => {
    const kernel = await start();
    const { ip, ports, key, hash } = kernel.process.connection;
    const socket = new Subscriber({ linger: 0, receiveTimeout: 5000 });
    socket.connect(`tcp://${ip}:${ports.iopub}`);
    socket.subscribe("stream");
    const message = new Codec(key, hash).decode((await socket.receive()) as Buffer[]);
    socket.close();
    assert.deepEqual(message?.identities.map(String), ["stream"]);
    assert.equal(message?.header.msg_type, "iopub_welcome");
    assert.deepEqual([message?.content, message?.parent], [{ subscription: "stream" }, {}]);
    await kernel.shutdown();
  });

  it("listens on the address of its connection file and on no other", async () => {
    const kernel = await start();
    const { ports } = kernel.process.connection;
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const port of Object.values(ports)) {
      assert.equal(await answers("127.0.0.1", port), true);
      for (const { address, internal } of others)
        if (!internal) assert.equal(await answers(address, port), false, `${address}:${port}`);
    }
    await kernel.shutdown();
  });

  it("ends when it is asked to, with exit code 0, and gives the flag back", async () => {
    for (const restart of [true, false]) {
      const kernel = await start();
      assert.deepEqual(await kernel.shutdown({ restart }), { status: "ok", restart });
      assert.equal(kernel.process.exitCode, 0);
    }
  });

  it("ends when it is asked to in the middle of an endless loop", async () => {
    const kernel = await start();
    const running = kernel.execute("while (true);");
    running.catch(() => {});
    await delay(100);
    await kernel.shutdown();
    assert.equal(kernel.process.exitCode, 0);
    await assert.rejects(running, /ended with exit code 0/);
  });

  it("ends on SIGTERM", async () => {
    const kernel = await start();
    kernel.process.kill("SIGTERM");
    assert.match((await kernel.process.death).message, /was ended by SIGTERM/);
  });

  it("ends when the process that started it has died", async () => {
    const script = join(folder, "parent.mjs");
    const client = new URL(import.meta.resolve("#kernel/client/start-kernel.js")).href;
    writeFileSync(
      script,
      `import { startKernel } from ${JSON.stringify(client)};
       const kernel = await startKernel();
       void kernel.execute("while (true);");
       console.log(kernel.process.pid);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    parent.kill("SIGKILL");
    const pid = Number(line);
    assert.ok(pid > 0);
    while (isAlive(pid)) await delay(50);
  });

  it("ends with out-of-memory errors of the user's code, and the client is told", async () => {
    const kernel = await start({ env: { NODE_OPTIONS: "--max-old-space-size=300" } });
    const running = kernel.execute("const all: unknown[] = []; while (true) all.push(new Array(1e4).fill(0.5));");
    await assert.rejects(running, /The kernel (was ended by|ended with)/);
  });

  it("keeps its key to its owner, and leaves no connection file behind", async () => {
    const files = () =>
      readdirSync(tmpdir())
        .filter((name) => /^unroll-\w{6}$/.test(name))
        .map((name) => join(tmpdir(), name, "connection.json"));
    const before = new Set(files());
    const kernel = await start();
    const [file] = files().filter((name) => !before.has(name) && existsSync(name));
    assert.equal(statSync(file!).mode & 0o777, 0o600);
    await kernel.shutdown();
    assert.equal(existsSync(file!), false);
  });
});

describe("a kernel that cannot start", () => {
  const folder = folderForTheseTests();

  async function startWith(...parameters: string[]): Promise<{ code: number; stderr: string }> {
    const [command, ...rest] = kernelArguments("FILE");
    const child = spawn(command!, [...rest.slice(0, -1), ...parameters], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    const [code] = (await once(child, "close")) as [number];
    return { code, stderr };
  }

  it("says in one sentence that the connection file is missing", async () => {
    const { code, stderr } = await startWith(join(folder, "none.json"));
    assert.equal(code, 1);
    assert.match(stderr, /^Connection file .*none\.json cannot be read: .*\.\n$/);
  });

  it("says in one sentence that it needs a connection file", async () => {
    const { code, stderr } = await startWith();
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^The kernel is started by Jupyter, with a connection file as its argument: none was given\.\n$/,
    );
  });

  it("says in one sentence that the connection file is not JSON", async () => {
    const file = join(folder, "bad.json");
    writeFileSync(file, "hello");
    const { code, stderr } = await startWith(file);
    assert.equal(code, 1);
    assert.match(stderr, /^Connection file .* is not JSON: it starts with "hello"\.\n$/);
  });

  it("says in one sentence that a port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const file = join(folder, "used.json");
    const ports = { shell_port: port, control_port: port, stdin_port: port, iopub_port: port, hb_port: port };
    writeFileSync(file, JSON.stringify({ transport: "tcp", ip: "127.0.0.1", key: "k", ...ports }));
    const { code, stderr } = await startWith(file);
    server.close();
    assert.equal(code, 1);
    assert.equal(stderr, `The shell address tcp://127.0.0.1:${port} is in use by another process.\n`);
  });
});
