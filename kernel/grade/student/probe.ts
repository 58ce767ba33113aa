/**
 * Tries what a student's process must not be able to do, and prints what failed as JSON.
 *
 *     node … probe.js FILE PID     a file that is none of a student's business, and the grader's process
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";

const [, , file = "", pid = ""] = process.argv;

function fails(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}

/** Where there is a network, this machine itself answers, be it with a refusal. */
function noNetwork(): Promise<boolean> {
  return new Promise((resolve) => {
    const answered = () => resolve(false);
    try {
      connect(9, "127.0.0.1", answered).on("error", ({ code }: NodeJS.ErrnoException) =>
        resolve(code !== "ECONNREFUSED"),
      );
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
