/**
 * Tries what a student's process must not be able to do, and prints what failed as JSON.
 *
 *     node … probe.js FILE PID PORT     a file that is none of a student's business, the grader's process, and a port at
 *                                       which it listens
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";

const [, , file = "", pid = "", port = ""] = process.argv;

function fails(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}

/** A network that holds nothing but this process has no grader that listens. */
function noNetwork(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const socket = connect(Number(port), "127.0.0.1", () => {
        socket.destroy();
        resolve(false);
      });
      socket.on("error", () => resolve(true));
    } catch {
      resolve(true);
    }
  });
}

const limits = {
  noForeignFiles: fails(() => readFileSync(file)) && fails(() => readFileSync("/etc/hostname")),
  noForeignWrites: fails(() => writeFileSync(`${file}.probe`, "")) && fails(() => writeFileSync("/tmp/probe", "")),
  noPrograms: fails(() => {
    const { error } = spawnSync(process.execPath, ["--version"]);
    if (error) throw error;
  }),
  noNetwork: await noNetwork(),
  noSignals: fails(() => process.kill(Number(pid), 0)),
};
console.log(JSON.stringify(limits));
