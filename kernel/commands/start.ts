import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Argument, type Command, InvalidArgumentError } from "commander";
import { freePort } from "../install/free-port.js";
import { JupyterLab } from "../install/jupyterlab.js";
import { projectFolder } from "../install/project-folder.js";

const FIRST_PORT = 8888; // Jupyter's own
const PORTS_TRIED = 50;

interface StartOptions {
  browser: boolean;
  port?: number;
}

export function addStart(program: Command): void {
  program
    .command("start")
    .summary("open the notebooks in JupyterLab")
    .description("Opens a folder of notebooks in JupyterLab, at 127.0.0.1 only, until Ctrl-C.")
    .addArgument(
      new Argument("[folder]", "the folder to open").default(
        join(projectFolder, "notebooks"),
        "the project's notebooks",
      ),
    )
    .option("--no-browser", "print the address and open no browser")
    .option("--port <number>", `the port to listen on; without it, the first free one from ${FIRST_PORT} on`, readPort)
    .action(start);
}

async function start(folder: string, options: StartOptions): Promise<void> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`There is no folder ${resolve(folder)}; give start a folder with notebooks.`);
  }
  const port = await choosePort(options.port);
  const jupyterLab = new JupyterLab({
    folder: resolve(folder),
    port,
    openBrowser: options.browser && hasScreen(),
  });
  const stop = stopOnSignal(jupyterLab);
  try {
    const address = await jupyterLab.ready();
    console.log(`Unroll is at ${address}  (Ctrl-C stops it)`);
  } catch (error) {
    if (!stop.asked) throw error;
  }
  await jupyterLab.ended;
  if (!stop.asked) console.log("JupyterLab has ended.");
}

function stopOnSignal(jupyterLab: JupyterLab): { asked: boolean } {
  const stop = { asked: false };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to npm and to us, and npm passes it on: the second is the same wish.
      if (stop.asked) return;
      stop.asked = true;
      console.log("\nStopping JupyterLab and its kernels …");
      void jupyterLab.stop();
    });
  }
  return stop;
}

async function choosePort(wanted: number | undefined): Promise<number> {
  const port = await (wanted === undefined ? freePort(FIRST_PORT, PORTS_TRIED) : freePort(wanted, 1));
  if (port !== undefined) return port;
  throw new Error(
    wanted === undefined
      ? `The ports from ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all in use; give another one with --port.`
      : `Port ${wanted} is in use or not allowed; give another one with --port, or leave it out for a free one.`,
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

/** Without a screen, the browser that is found would be one for text, and would take the terminal. */
function hasScreen(): boolean {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
