import { createServer } from "node:net";

const HOST = "127.0.0.1";

/**
 * The first port from `first` on that nobody listens on.
 *
 * @param first 0 takes any free port
 * @param attempts how many ports to try
 * @returns undefined when all of them are in use
 */
export async function freePort(first: number, attempts: number): Promise<number | undefined> {
  for (let port = first; port < first + attempts && port <= 65535; port++) {
    const free = await listenOnce(port);
    if (free !== undefined) return free;
  }
  return undefined;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
