import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { installInto, uninstallFrom } from "../install/install-into.js";
import { jupyterFolderOf, pythonPrefix, userJupyterFolder } from "../install/jupyter-folder.js";
import { installedKernels, KERNEL_NAME, type KernelNames, kernelspec } from "../install/kernelspec.js";

interface Place {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
}

type InstallFlags = Place & KernelNames;

export function addInstall(program: Command): void {
  const install = program
    .command("install")
    .summary("add the kernel to another Jupyter")
    .description(
      'Adds the kernel "TypeScript (Unroll)" and its plots to a Jupyter of yours. "unroll start" needs no install.',
    );
  addPlace(install)
    .option("--name <name>", "the kernel's name, for a second one beside it", KERNEL_NAME)
    .option("--display-name <text>", "what Jupyter shows", kernelspec().display_name)
    .action(({ name, displayName, ...place }: InstallFlags) => {
      const names = { ...(name !== undefined && { name }), ...(displayName !== undefined && { displayName }) };
      for (const folder of installInto(jupyterFolder(place), names)) console.log(`Installed ${folder}`);
    });

  const uninstall = program
    .command("uninstall")
    .summary("take the kernel out of another Jupyter")
    .description('Takes away what "unroll install" added, from the same place.');
  addPlace(uninstall)
    .option("--name <name>", "the kernel's name", KERNEL_NAME)
    .action(({ name = KERNEL_NAME, ...place }: InstallFlags) => {
      const folder = jupyterFolder(place);
      const removed = uninstallFrom(folder, { name });
      for (const each of removed) console.log(`Removed ${each}`);
      if (removed.length > 0) return;
      const others = installedKernels(folder).join(", ");
      console.log(
        others
          ? `There is no kernel ${name} in ${folder}; there is ${others}.`
          : `Nothing of Unroll is installed in ${folder}.`,
      );
    });
}

function addPlace(command: Command): Command {
  return command
    .addOption(new Option("--user", "into your own folder, for every Jupyter of yours (the default)"))
    .addOption(
      new Option("--sys-prefix", "into the Python that is active, such as a virtual environment").conflicts("user"),
    )
    .addOption(
      new Option("--prefix <folder>", "into <folder>/share/jupyter, an installation's prefix").conflicts([
        "user",
        "sysPrefix",
      ]),
    );
}

function jupyterFolder({ sysPrefix, prefix }: Place): string {
  if (prefix !== undefined) return jupyterFolderOf(resolve(prefix));
  return sysPrefix ? jupyterFolderOf(pythonPrefix()) : userJupyterFolder();
}
