import type { Command } from "commander";
import type { Check } from "../install/checks.js";

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .summary("say what is wrong, and how to mend it")
    .description(
      "Looks for all that the course needs, and changes nothing. One line each: ✓ is there, ✗ is wrong, – is missing and " +
        "optional. The exit code is 1 where something is wrong.",
    )
    .action(async () => {
      const { checks } = await import("../install/checks.js"); // with the library, which no other command needs
      const found = checks();
      for (const check of found) console.log(checkLine(check));
      if (found.some(isWrong)) process.exitCode = 1;
    });
}

export function isWrong({ mend, isOptional = false }: Check): boolean {
  return mend !== undefined && !isOptional;
}

/** "✗ kernelspec: there is none in …/unroll: npm start makes it" */
export function checkLine(check: Check): string {
  const mark = isWrong(check) ? "✗" : check.mend === undefined ? "✓" : "–";
  return `${mark} ${check.what}: ${check.found}${check.mend === undefined ? "" : `: ${check.mend}`}`;
}
