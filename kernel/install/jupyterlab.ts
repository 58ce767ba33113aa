/** JupyterLab as a child process: started quietly, asked for its address, and ended with all its kernels. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { environmentPaths, environmentVariables } from "./environment.js";
import { KERNEL_NAME } from "./kernelspec.js";

const LONGEST_START = 60_000; // milliseconds
const LONGEST_STOP = 10_000;

export interface JupyterLabOptions {
  /** The folder that is shown. */
  folder: string;
  /** A port that is free. */
  port: number;
  /** Whether JupyterLab opens a browser by itself. */
  openBrowser: boolean;
}

export class JupyterLab {
  readonly port: number;
  readonly logFile: string;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  #process: ChildProcess;
  #token = "";

  constructor({ folder, port, openBrowser }: JupyterLabOptions) {
    const home = join(environmentPaths().prefix, "jupyter");
    mkdirSync(join(home, "runtime"), { recursive: true });
    this.port = port;
    this.logFile = join(home, `jupyterlab-${port}.log`);
    const log = openSync(this.logFile, "w");
    this.#process = spawn(environmentPaths().python, ["-m", "jupyterlab", ...flags(folder, port, openBrowser)], {
      env: { ...environmentVariables(process.env), ...jupyterFolders(home) },
      stdio: ["ignore", log, log],
      // Ctrl-C in the terminal must reach JupyterLab only through us: by itself it would ask whether it is meant.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.#process.once("exit", () => resolve());
      this.#process.once("error", () => resolve());
    });
  }

  /**
   * Waits until the server answers.
   *
   * @returns the address to open, which holds the token
   * @throws Error when JupyterLab ends, or does not answer in time
   */
  async ready(): Promise<string> {
    const deadline = Date.now() + LONGEST_START;
    while (Date.now() < deadline) {
      if (!this.#isRunning())
        throw new Error(`JupyterLab did not start; its log is ${this.logFile}:\n${this.#logTail()}`);
      for (const token of this.#tokens()) {
        if (!(await this.#ask("GET", "/api/status", token))) continue;
        this.#token = token;
        return `http://127.0.0.1:${this.port}/lab?token=${token}`;
      }
      await sleep(50);
    }
    await this.stop();
    throw new Error(`JupyterLab gave no answer within ${LONGEST_START / 1000} s; its log is ${this.logFile}.`);
  }

  /** Ends the server and its kernels, with force if they do not go in time. */
  async stop(): Promise<void> {
    const asked = this.#token !== "" && (await this.#ask("POST", "/api/shutdown", this.#token));
    if (!asked) this.#signal("SIGTERM");
    const force = setTimeout(() => this.#signal("SIGKILL"), LONGEST_STOP);
    await this.ended;
    clearTimeout(force);
  }

  #isRunning(): boolean {
    return this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The tokens of the servers that have said that they listen on our port; one of them may have died without a word. */
  #tokens(): string[] {
    const folder = join(environmentPaths().prefix, "jupyter", "runtime");
    return readdirSync(folder).flatMap((name) => {
      if (!/^jpserver-\d+\.json$/.test(name)) return [];
      try {
        const server = JSON.parse(readFileSync(join(folder, name), "utf8"));
        return server.port === this.port ? [String(server.token)] : [];
      } catch {
        return []; // It is being written, or has just been removed.
      }
    });
  }

  async #ask(method: "GET" | "POST", path: string, token: string): Promise<boolean> {
    try {
      const headers = { Authorization: `token ${token}` };
      const signal = AbortSignal.timeout(5000);
      return (await fetch(`http://127.0.0.1:${this.port}${path}`, { method, headers, signal })).ok;
    } catch {
      return false;
    }
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      if (process.platform === "win32" || this.#process.pid === undefined) this.#process.kill(signal);
      else process.kill(-this.#process.pid, signal);
    } catch {
      // It has ended by itself.
    }
  }

  #logTail(): string {
    return readFileSync(this.logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
  }
}

function flags(folder: string, port: number, openBrowser: boolean): string[] {
  const asRoot = process.getuid?.() === 0;
  return [
    `--ServerApp.root_dir=${folder}`,
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--ServerApp.open_browser=${openBrowser ? "True" : "False"}`,
    ...(asRoot ? ["--ServerApp.allow_root=True"] : []),
    `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
    // By default the server drops what a kernel says beyond 1 MB or 1,000 messages a second; ours keeps a pace by itself.
    "--ZMQChannelsWebsocketConnection.iopub_data_rate_limit=10000000",
    "--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit=10000",
    // The search for language servers runs a Node.js each, and finds none that knows our cells.
    "--LanguageServerManager.autodetect=False",
  ];
}

/** Jupyter keeps its settings, its list of trusted notebooks and its kernels' connections here and not in the home folder. */
function jupyterFolders(home: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
  };
}
