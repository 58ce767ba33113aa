import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { readIfThere } from "./project.mjs";

const LONGEST_SETUP = 30 * 60_000; // milliseconds; an older lock belongs to nobody, whoever has its process id

/**
 * Does `work` while no other set-up works in the same folder; waits for one that does.
 *
 * The lock names the process that holds it and the program that process has started, so that a set-up that was killed
 * holds nothing up once its last program has ended.
 *
 * @template T
 * @param {string} file the lock
 * @param {(lock: { noteChild(pid: number | undefined): void }) => Promise<T>} work
 * @param {{ say?: (sentence: string) => void, pause?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { say = console.error, pause = 300 } = {}) {
  let told = false;
  while (!(await take(file, pause))) {
    if (!told) {
      const holder = holderOf(file);
      if (holder) say(`Another set-up (process ${holder.pid}) works in this folder; waiting for it to end …`);
      told = true;
    }
    await sleep(pause);
  }
  try {
    return await work({ noteChild: (child) => writeFileSync(file, JSON.stringify({ pid: process.pid, child })) });
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {number} pause
 */
async function take(file, pause) {
  if (isStale(file)) rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx" });
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  // Of two processes that found the same stale lock, the slower one may have removed the faster one's new lock.
  await sleep(pause / 3);
  return holderOf(file)?.pid === process.pid;
}

/** @param {string} file */
function isStale(file) {
  if (readIfThere(file) === undefined) return false;
  const holder = holderOf(file);
  const age = Date.now() - statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (!holder) return age > 5000; // a lock is empty for an instant while it is written
  return age > LONGEST_SETUP || !(isAlive(holder.pid) || isAlive(holder.child));
}

/** @param {string} file */
function holderOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {number | undefined} pid */
function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
