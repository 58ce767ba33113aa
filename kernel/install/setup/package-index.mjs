/**
 * How pip is called so that it neither gives up on a slow network nor stalls on a closed one.
 *
 * pip asks its index once for each of about a hundred packages. Where the index refuses at once that costs nothing, and
 * other places that pip is configured for (extra indexes, folders of wheels) still serve. Where nothing answers at all,
 * each question would wait for its timeout: then that index is left out.
 */
import { runQuietly } from "./run-quietly.mjs";

const QUICK = ["--disable-pip-version-check", "--no-input", "--timeout", "10"];

// Prints "answers", "refuses" or "silent".
const PROBE = `
import socket, sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(sys.argv[1], timeout=5).close()
    print("answers")
except urllib.error.HTTPError:
    print("answers")
except Exception as error:
    reason = getattr(error, "reason", error)
    certificate = "certificate" in str(reason).lower()
    silent = isinstance(reason, (socket.timeout, TimeoutError))
    print("answers" if certificate else "silent" if silent else "refuses")
`;

/**
 * @param {string} python
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, probeTimeout?: number }} context
 * @returns {Promise<string[] | undefined>} options for `pip install`; undefined when there is nowhere to install from
 */
export async function pipOptions(python, { cwd, env, probeTimeout = 8000 }) {
  const configuration = readConfiguration(await runQuietly([python, "-m", "pip", "config", "list"], { cwd, env }));
  if (configuration.noIndex) return QUICK;
  const index = configuration.index ?? "https://pypi.org/simple";
  const state = await stateOf(index);
  if (state === "answers") return [...QUICK, "--retries", "3"];
  if (state === "refuses") return [...QUICK, "--retries", "0"];
  const [other] = configuration.extraIndexes;
  if (other) return [...QUICK, "--retries", "0", "--index-url", other];
  return configuration.findLinks ? [...QUICK, "--no-index"] : undefined;

  /** @param {string} url */
  async function stateOf(url) {
    // pip's own proxy and its own kind of addresses are pip's to judge.
    if (configuration.proxy || !/^https?:/.test(url)) return "answers";
    const probe = [python, "-c", PROBE, `${url.replace(/\/$/, "")}/pip/`];
    const answer = await runQuietly(probe, { cwd, env, timeout: probeTimeout }).catch(() => "silent");
    return answer.trim();
  }
}

/**
 * Reads the lines of `pip config list`, such as `global.extra-index-url='https://a https://b'`. What stands further down
 * wins, as with pip: the command's own section over `global`, the environment over both.
 *
 * @param {string} text
 */
export function readConfiguration(text) {
  /** @param {string} name */
  const setting = (name) => {
    const values = ["global", "install", ":env:"].flatMap((section) => {
      const line = text.split(/\r?\n/).find((each) => each.startsWith(`${section}.${name}=`));
      return line ? [line.slice(line.indexOf("=") + 1).replace(/^(['"])(.*)\1$/, "$2")] : [];
    });
    return values.at(-1);
  };
  return {
    index: setting("index-url"),
    extraIndexes: (setting("extra-index-url") ?? "").split(/\\n|\s+/).filter(Boolean),
    findLinks: Boolean(setting("find-links")),
    noIndex: /^(1|true|yes|on)$/i.test(setting("no-index") ?? ""),
    proxy: Boolean(setting("proxy")),
  };
}
