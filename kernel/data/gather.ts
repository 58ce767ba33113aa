/** Brings the original files of a data set together: out of the network, or out of a folder. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { complaint, type Expected } from "./blob.js";
import { download, fetchJson } from "./download.js";
import type { Originals } from "./originals.js";
import type { FileSource, FolderSource, Source } from "./sources.js";

/** How many files are fetched at the same time. */
const AT_ONCE = 6;

export interface GatherOptions {
  readonly signal: AbortSignal;
  /** Where files lie until the set is made of them. */
  readonly downloads: string;
  /** Fetch from here instead: MIRROR/host/path. */
  readonly mirror?: string;
  /** Called with how many bytes there are of how many, as far as that is known. */
  readonly onBytes?: (bytes: number) => void;
}

interface Wanted extends Expected {
  readonly key: string;
  readonly url: string;
}

/** The files from their homes. What is in `downloads` from an earlier attempt, whole or in part, is not fetched again. */
export async function fetchOriginals(source: Source, options: GatherOptions): Promise<Originals> {
  mkdirSync(options.downloads, { recursive: true });
  const files = source.files.map((file): Wanted => ({ ...file, key: file.name, url: addressOf(file) }));
  const inFolder = source.folder ? await listFolder(source.folder, options) : [];
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  const total = () => [...bytes.values()].reduce((sum, count) => sum + count, 0);
  const waiting = [...files, ...inFolder];
  const fetchNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { key, url } = next;
      const path = join(
        options.downloads,
        `${createHash("sha1").update(url).digest("hex").slice(0, 8)}-${basename(key)}`,
      );
      paths.set(key, path);
      const onBytes = (count: number) => {
        bytes.set(key, count);
        options.onBytes?.(total());
      };
      if (existsSync(path) && complaint(readFileSync(path), next) === undefined) onBytes(readFileSync(path).length);
      else await download(throughMirror(url, options.mirror), path, next, { signal: options.signal, onBytes });
    }
  };
  await inParallel(fetchNext, waiting);
  return originals(
    (key) => readFileSync(paths.get(key)!),
    inFolder.map(({ key }) => key),
  );
}

/** Runs several workers; where one fails the others take nothing more. */
async function inParallel(worker: () => Promise<void>, waiting: unknown[]): Promise<void> {
  const results = await Promise.allSettled(
    Array.from({ length: Math.min(AT_ONCE, waiting.length) }, () =>
      worker().catch((error) => {
        waiting.length = 0;
        throw error;
      }),
    ),
  );
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

function addressOf({ name, url }: FileSource): string {
  if (url !== undefined) return url;
  throw new Error(
    `there is no address to fetch ${name} from without an account: put it into a folder and give that with --from`,
  );
}

function throughMirror(url: string, mirror: string | undefined): string {
  if (mirror === undefined) return url;
  const { host, pathname, search } = new URL(url);
  return `${mirror.replace(/\/$/, "")}/${host}${pathname}${search}`;
}

/** An entry of a git tree, as GitHub's REST interface lists it. */
interface TreeEntry {
  readonly path: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** What a repository has in a folder at a commit, with the names that git gives the contents. */
async function listFolder(
  { repository, commit, path, ending }: FolderSource,
  { signal, mirror }: GatherOptions,
): Promise<Wanted[]> {
  const list = async (tree: string): Promise<readonly TreeEntry[]> => {
    const url = `https://api.github.com/repos/${repository}/git/trees/${tree}`;
    const listing = (await fetchJson(throughMirror(url, mirror), signal)) as {
      tree?: TreeEntry[];
      truncated?: boolean;
    };
    if (!listing.tree || listing.truncated)
      throw new Error(`${url}: expected the list of a folder, found none, or not all`);
    return listing.tree;
  };
  let tree = commit;
  for (const name of path.split("/")) {
    const entry = (await list(tree)).find((entry) => entry.path === name && entry.type === "tree");
    if (!entry)
      throw new Error(`https://github.com/${repository}: expected the folder ${path} at ${commit}, found none`);
    tree = entry.sha;
  }
  const entries = await list(`${tree}?recursive=1`);
  const files = entries.filter((entry) => entry.type === "blob" && entry.path.endsWith(ending));
  return files.map((file) => ({
    key: file.path,
    url: `https://raw.githubusercontent.com/${repository}/${commit}/${path}/${encodeURI(file.path)}`,
    gitBlobSha1: file.sha,
    ...(file.size !== undefined && { bytes: file.size }),
  }));
}

/** The files out of a folder in which somebody has put them, in whatever folders of it. */
export function takeOriginals(source: Source, from: string): Originals {
  let all: string[];
  try {
    all = readdirSync(from, { recursive: true, encoding: "utf8" }).map((path) => path.split(sep).join("/"));
  } catch (error) {
    throw new Error(
      `${from} cannot be read (${(error as { code?: string }).code}): expected a folder with the original files`,
    );
  }
  const paths = new Map<string, string>();
  for (const file of source.files) {
    const path = all.find((candidate) => basename(candidate) === file.name);
    if (path === undefined) throw new Error(`expected ${file.name} in ${from}, found none`);
    const wrong = complaint(readFileSync(join(from, path)), file);
    if (wrong !== undefined) throw new Error(`${join(from, path)}: ${wrong}`);
    paths.set(file.name, path);
  }
  const { folder } = source;
  const inFolder = folder ? all.filter((path) => path.endsWith(folder.ending)) : [];
  if (folder && inFolder.length === 0)
    throw new Error(`expected files ending in ${folder.ending} in ${from}, found none`);
  const keys = inFolder.map((path) => {
    const key = path.split("/").slice(-folder!.depth).join("/");
    paths.set(key, path);
    return key;
  });
  return originals((key) => readFileSync(join(from, paths.get(key)!)), keys);
}

function originals(read: (key: string) => Uint8Array, inFolder: readonly string[]): Originals {
  const sorted = [...inFolder].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return { bytes: read, folder: () => new Map(sorted.map((key) => [key, read(key)])) };
}
