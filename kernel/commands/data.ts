/** `unroll data`: the data sets that no npm package ships, which of them are here, and how the others come. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { dataCache, findData } from "unroll/data/data-folder.js";
import { type DataSetFacts, type DataSetName, dataSets } from "unroll/data/sets.js";
import { Unreachable } from "../data/download.js";
import { downloadsFolder, getSet } from "../data/get.js";
import { FetchProgress } from "../data/progress.js";
import { sources } from "../data/sources.js";
import { interruptible } from "./interruption.js";

const all = Object.values(dataSets) as readonly (DataSetFacts & { name: DataSetName })[];

interface Flags {
  all?: boolean;
  from?: string;
  mirror?: string;
}

export function addData(program: Command): void {
  const data = program
    .command("data")
    .summary("list the data sets, and fetch them")
    .description(
      "The data sets that no npm package ships. The library looks for them in the folder that UNROLL_DATA names, then in " +
        "this course's cache, into which this command puts them.",
    );
  data
    .command("list", { isDefault: true })
    .summary("the data sets: rows, licence, credit, where they lie")
    .action(() => console.log(all.map(entry).join("\n\n")));
  data
    .command("get")
    .summary("fetch data sets from their public homes")
    .description(
      "Fetches data sets, checks what came against its hash or its rows, and brings it into the form that the library " +
        "reads. What was interrupted goes on where it was.",
    )
    .argument("[names...]", "names as the list has them, or of the library's functions: sentiment", setName, [])
    .option("--all", "all that are not here")
    .option("--from <folder>", "fetch nothing: the original files lie in this folder")
    .option("--mirror <url>", "fetch from another place: URL/host/path")
    .action(get);
  data
    .command("remove")
    .summary("remove fetched data sets from the cache")
    .argument("<names...>", "names as the list has them", setName, [])
    .action(remove);
}

function setName(text: string, before: DataSetName[]): DataSetName[] {
  const found = all.find(({ name, reader }) => name === text || reader === text);
  if (found) return [...before, found.name];
  throw new InvalidArgumentError(
    `There is no data set "${text}", there are ${all.map(({ name }) => name).join(", ")}.`,
  );
}

/** A data set in the list. */
function entry(facts: DataSetFacts & { name: DataSetName }): string {
  const { name, reader, task, unit, licence, credit, files } = facts;
  const place = findData(name);
  const here = place ? `✓ ${place.folder} (${place.kind})` : `– not here: ${howItComes(name)}`;
  const rows = Object.values(files).map((count) => count.toLocaleString("en-US"));
  return [
    `${name}: ${task}; in the library ${reader}()`,
    `  ${rows.join(" / ")} ${unit}; ${licence}`,
    `  ${credit}`,
    `  ${here}`,
  ].join("\n");
}

/** The command that brings it. */
function howItComes(name: DataSetName): string {
  const { download, files } = sources[name];
  const command = `npx unroll data get ${name}`;
  return download > 0
    ? `${command} (${megabytes(download)})`
    : `${command} --from FOLDER, with ${files[0]!.name} in it`;
}

async function get(names: readonly DataSetName[], { all: isAll = false, from, mirror }: Flags): Promise<void> {
  if (!isAll && names.length === 0) {
    throw new Error("Which data sets? Give names, or --all; npx unroll data lists them.");
  }
  const hasAddress = (name: DataSetName) =>
    from !== undefined || sources[name].download > 0 || findData(name) !== undefined;
  const asked = isAll ? all.map(({ name }) => name) : [...new Set(names)];
  const wanted = isAll ? asked.filter(hasAddress) : asked;
  for (const name of asked.filter((name) => !wanted.includes(name))) {
    console.log(`${name} has no address to fetch it from: ${howItComes(name)}`);
  }
  const errors: unknown[] = [];
  await interruptible(async (signal) => {
    for (const name of wanted) {
      const error = await getOne(name, { signal, from, mirror });
      if (signal.aborted) return console.error("Interrupted: the same command goes on where it was.");
      if (error !== undefined) errors.push(error);
    }
    if (errors.length === 0) rmSync(downloadsFolder(), { recursive: true, force: true });
  });
  if (errors.some((error) => error instanceof Unreachable)) console.error(withoutNetwork());
  if (errors.length > 0) process.exitCode = 1;
}

/** @returns what went wrong, which is said */
async function getOne(
  name: DataSetName,
  { signal, from, mirror }: { signal: AbortSignal; from: string | undefined; mirror: string | undefined },
): Promise<unknown> {
  const progress = new FetchProgress(process.stderr);
  const onBytes = (bytes: number) => progress.show(name, bytes, sources[name].download);
  try {
    const got = await getSet(name, {
      signal,
      onBytes,
      ...(from !== undefined && { from }),
      ...(mirror !== undefined && { mirror }),
    });
    progress.end();
    const { licence, credit } = dataSets[name];
    const how = `${got.isOld ? " already" : ""}${got.isSame ? "" : ", though not with the same rows as this course was written with"}`;
    console.log(`${name} is here${how}: ${got.folder} (${licence}; ${credit})`);
    return undefined;
  } catch (error) {
    progress.end();
    if (!signal.aborted) console.error(`${name}: ${(error as Error).message}`);
    return error;
  }
}

/** What helps where there is no network, or none that Node.js knows. */
function withoutNetwork(): string {
  const { HTTPS_PROXY, https_proxy } = process.env;
  const proxy =
    (HTTPS_PROXY ?? https_proxy)
      ? " HTTPS_PROXY is set, which Node.js takes into account from 24 on, with NODE_USE_ENV_PROXY=1."
      : "";
  return `Without a network: run this on another machine, copy ${dataCache()} from there, and name the copy by UNROLL_DATA; or give the original files with --from FOLDER.${proxy}`;
}

function remove(names: readonly DataSetName[]): void {
  for (const name of names) {
    const folder = join(dataCache(), name);
    if (existsSync(folder)) {
      rmSync(folder, { recursive: true });
      console.log(`Removed ${folder}`);
    } else console.log(`${name} is not in ${dataCache()}.`);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
