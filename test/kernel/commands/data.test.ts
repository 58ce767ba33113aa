import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { dataSets } from "unroll";
import { gitBlobSha1 } from "#kernel/data/blob.js";
import { FileServer } from "../../support/file-server.js";
import { folderForTheseTests } from "../support.js";

const CLI = fileURLToPath(import.meta.resolve("#kernel/cli.js"));

/** As many messages as the set has, in the form of its home. */
const messages = Array.from({ length: 5160 }, (_, i) => `${i % 8 ? "ham" : "spam"}\tmessage ${i}`);
const archive = zipSync({ SMSSpamCollection: strToU8(`${messages.join("\n")}\n`) });
const SMS = "/archive.ics.uci.edu/static/public/228/sms+spam+collection.zip";

describe("unroll data", function () {
  this.timeout(60_000);
  const folder = folderForTheseTests();
  const cache = join(folder, "cache");
  const installed = (name: string) => join(cache, "data", name);
  const server = new FileServer();
  let mirror: string;
  before(async () => {
    mirror = await server.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    rmSync(cache, { recursive: true, force: true });
    server.files.clear();
    server.requests.length = 0;
  });

  function start(parameters: string[], env: Record<string, string> = {}) {
    const { UNROLL_DATA: _, ...others } = process.env;
    const child = spawn(process.execPath, [CLI, "data", ...parameters], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...others, UNROLL_CACHE: cache, ...env },
    });
    const ended = { stdout: "", stderr: "" };
    child.stdout.on("data", (text) => (ended.stdout += text));
    child.stderr.on("data", (text) => (ended.stderr += text));
    const end = once(child, "close").then(([exitCode]) => ({ ...ended, exitCode: exitCode as number }));
    return { child, end };
  }
  const unroll = (...parameters: string[]) => start(parameters).end;

  it("lists each set with rows, licence, credit, and how it comes", async () => {
    const { stdout, exitCode } = await unroll();
    assert.equal(exitCode, 0);
    for (const { name, licence, credit } of Object.values(dataSets)) {
      for (const fact of [`${name}: `, licence, credit]) assert.ok(stdout.includes(fact), fact);
    }
    assert.match(stdout, /– not here: npx unroll data get sentiment \(1\.0 MB\)/);
    assert.match(stdout, /– not here: npx unroll data get ner-gmb --from FOLDER, with ner_dataset.csv in it/);
  });

  it("lists where a set lies", async () => {
    const data = join(folder, "pack");
    mkdirSync(join(data, "snips"), { recursive: true });
    const { stdout } = await start(["list"], { UNROLL_DATA: data }).end;
    assert.ok(stdout.includes(`✓ ${join(data, "snips")} (UNROLL_DATA)`));
  });

  it("fetches a set, converts it and leaves nothing else", async () => {
    server.files.set(SMS, { content: archive });
    const { stdout, stderr, exitCode } = await unroll("get", "smsSpam", "--mirror", mirror);
    assert.deepEqual([stderr, exitCode], ["", 0]);
    assert.match(
      stdout,
      /^sms-spam is here, though not with the same rows as this course was written with: .*CC BY 4\.0; SMS/,
    );
    assert.deepEqual(readdirSync(installed("sms-spam")).sort(), Object.keys(dataSets["sms-spam"].files).sort());
    assert.deepEqual(readdirSync(join(cache, "data")), ["sms-spam"]);

    const again = await unroll("get", "sms-spam", "--mirror", mirror);
    assert.match(again.stdout, /^sms-spam is here already, though not with the same rows/);
    assert.equal(server.requests.length, 1);
  });

  it("fetches a set anew where a file of it is damaged", async () => {
    server.files.set(SMS, { content: archive });
    await unroll("get", "sms-spam", "--mirror", mirror);
    writeFileSync(join(installed("sms-spam"), "sms-dev.tsv.gz"), gzipSync("ham\tone\n"));
    const { stdout } = await unroll("get", "sms-spam", "--mirror", mirror);
    assert.match(stdout, /^sms-spam is here, though/);
    assert.equal(server.requests.length, 2);
  });

  it("fetches what a repository has in a folder, each file checked by git's name of it", async () => {
    const talk = (i: number) => `${i},A,${Array.from({ length: 10 }, (_, k) => `we talk a lot ${k}.`).join(",")}`;
    const head = `HITId,WorkerId,${Array.from({ length: 10 }, (_, k) => `Answer.sentence${k + 1}`).join(",")}`;
    const home = "jfainberg/self_dialogue_corpus";
    const commit = "113a1b0ff10308f1227c13a4aaded9bc85577816";
    const raw = `/raw.githubusercontent.com/${home}/${commit}`;
    const listing = ["music/a.csv", "movies/b.csv"].map((path) => {
      const content = strToU8([head, ...Array.from({ length: 1800 }, (_, i) => talk(i))].join("\n"));
      server.files.set(`${raw}/corpus/${path}`, { content });
      return { path, type: "blob", sha: gitBlobSha1(content), size: content.length };
    });
    server.files.set(`${raw}/blocked_workers.txt`, { content: strToU8("B\n") });
    const trees = `/api.github.com/repos/${home}/git/trees`;
    const tree = (...entries: object[]) => ({ content: strToU8(JSON.stringify({ tree: entries })) });
    server.files.set(`${trees}/${commit}`, tree({ path: "corpus", type: "tree", sha: "c0" }));
    server.files.set(`${trees}/c0?recursive=1`, tree(...listing, { path: "music", type: "tree", sha: "c1" }));
    const { stdout, stderr } = await unroll("get", "self-dialogue", "--mirror", mirror);
    assert.equal(stderr, "");
    assert.match(stdout, /^self-dialogue is here/);
    assert.equal(server.requests.length, 5);

    server.files.set(`${raw}/corpus/music/a.csv`, { content: strToU8(head) });
    rmSync(cache, { recursive: true });
    const wrong = await unroll("get", "self-dialogue", "--mirror", mirror);
    assert.match(wrong.stderr, /^self-dialogue: .*a\.csv: expected \d+ bytes, found \d+: it is not the file that this/);
    assert.equal(wrong.exitCode, 1);
  });

  it("installs nothing when the rows are not those of the set", async () => {
    server.files.set(SMS, { content: zipSync({ SMSSpamCollection: strToU8("ham\tone\n") }) });
    const { stderr, exitCode } = await unroll("get", "sms-spam", "--mirror", mirror);
    assert.match(
      stderr,
      /^sms-spam: expected 3660 messages in sms-train.tsv, found 0: the original files are not those/,
    );
    assert.equal(exitCode, 1);
    assert.equal(existsSync(installed("sms-spam")), false);
  });

  it("says what to do without a network", async () => {
    const closed = "http://127.0.0.1:1";
    const { stderr, exitCode } = await start(["get", "sentiment", "--mirror", closed], { HTTPS_PROXY: "" }).end;
    const [first, second, ...others] = stderr.trim().split("\n");
    assert.match(first!, /^sentiment: 127\.0\.0\.1:1 cannot be reached \(/);
    assert.match(
      second!,
      /^Without a network: run this on another machine, copy .* and name the copy by UNROLL_DATA; or/,
    );
    assert.deepEqual([others, exitCode], [[], 1]);
    const behindProxy = await start(["get", "sentiment", "--mirror", closed], { HTTPS_PROXY: "http://proxy" }).end;
    assert.match(behindProxy.stderr, /HTTPS_PROXY is set, which Node.js takes into account from 24 on/);
  });

  it("goes on after Ctrl-C, which breaks nothing", async () => {
    server.files.set(SMS, { content: archive });
    await unroll("get", "sms-spam", "--mirror", mirror);
    rmSync(join(installed("sms-spam"), "sms-test.tsv.gz"));
    server.files.set(SMS, { content: archive, stallsAt: 1000 });
    server.requests.length = 0;
    const { child, end } = start(["get", "sms-spam", "--mirror", mirror]);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const { stderr, exitCode } = await end;
    assert.deepEqual([stderr.trim(), exitCode], ["Interrupted: the same command goes on where it was.", 130]);
    assert.equal(existsSync(join(installed("sms-spam"), "sms-train.tsv.gz")), true); // as it was
    server.files.set(SMS, { content: archive });
    assert.equal((await unroll("get", "sms-spam", "--mirror", mirror)).exitCode, 0);
    assert.deepEqual(readdirSync(join(cache, "data")), ["sms-spam"]);
  });

  it("takes the original files out of a folder, and checks them as well", async () => {
    const from = join(folder, "from");
    mkdirSync(join(from, "deep"), { recursive: true });
    writeFileSync(join(from, "deep", "sms+spam+collection.zip"), archive);
    writeFileSync(join(from, "sentence_polarity.zip"), "another file");
    assert.match((await unroll("get", "sms-spam", "--from", from)).stdout, /^sms-spam is here/);
    const wrong = await unroll("get", "sentiment", "--from", from);
    assert.match(wrong.stderr, /^sentiment: .*sentence_polarity.zip: expected 490256 bytes, found 12$/m);
    assert.match(
      (await unroll("get", "scitldr", "--from", from)).stderr,
      /^scitldr: expected train.jsonl in .*, found none$/m,
    );
    assert.match((await unroll("get", "snips", "--from", join(from, "no"))).stderr, /cannot be read \(ENOENT\)/);
    assert.deepEqual([server.requests, wrong.exitCode], [[], 1]);
  });

  it("says that a set has no address, and that no name or a wrong one was given", async () => {
    const { stderr, exitCode } = await unroll("get", "ner-gmb", "--mirror", mirror);
    assert.match(stderr, /^ner-gmb: there is no address to fetch ner_dataset.csv from without an account: put it into/);
    assert.equal(exitCode, 1);
    assert.match((await unroll("get")).stderr, /Which data sets\? Give names, or --all/);
    assert.match((await unroll("get", "mnist")).stderr, /There is no data set "mnist", there are sentiment, sms-spam/);
  });

  it("fetches all that can be fetched, and says what fails", async () => {
    server.files.set(SMS, { content: archive });
    const { stdout, stderr, exitCode } = await unroll("get", "--all", "--mirror", mirror);
    assert.match(stdout, /^ner-gmb has no address to fetch it from: npx unroll data get ner-gmb --from FOLDER, with/);
    assert.match(stdout, /^sms-spam is here/m);
    assert.match(stderr, /^sentiment: .*sentence_polarity.zip: the server answers 404 Not Found$/m);
    assert.equal(stderr.trim().split("\n").length, 10); // all but these two
    assert.equal(exitCode, 1);
  });

  it("removes what it fetched", async () => {
    server.files.set(SMS, { content: archive });
    await unroll("get", "sms-spam", "--mirror", mirror);
    assert.equal((await unroll("remove", "sms-spam")).stdout.trim(), `Removed ${installed("sms-spam")}`);
    assert.equal(existsSync(installed("sms-spam")), false);
    assert.match((await unroll("remove", "sms-spam")).stdout, /^sms-spam is not in /);
  });
});
