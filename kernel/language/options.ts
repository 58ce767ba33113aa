/** How TypeScript is told to read cells. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "./typescript.js";

/** Where the kernel lies. */
export const here = dirname(fileURLToPath(import.meta.url));

const [major] = process.versions.node.split(".").map(Number) as [number];

/** What this Node.js knows, and no more. */
function libraries(): string[] {
  if (major >= 24) return ["lib.es2025.d.ts", "lib.esnext.array.d.ts"];
  if (major < 22) return ["lib.es2023.d.ts"];
  return ["lib.es2024.d.ts", "lib.es2025.iterator.d.ts", "lib.es2025.collection.d.ts", "lib.esnext.array.d.ts"];
}

export const BASE_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: libraries(),
  strict: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  preserveConstEnums: true,
  allowImportingTsExtensions: true, // ./helper.ts is found at run time under that name, too
  declaration: true,
  sourceMap: true,
};

/** What a notebook may choose for itself. The rest decides how cells run, and is the kernel's. */
const RESPECTED = [
  "strict",
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "useUnknownInCatchVariables",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitOverride",
  "noImplicitReturns",
  "paths",
  "lib",
  "jsx",
  "jsxFactory",
] as const;

/** The kernel's options, with those of the folder's tsconfig.json that it may choose. */
export function compilerOptions(folder: string): ts.CompilerOptions {
  const options: ts.CompilerOptions = {
    ...BASE_OPTIONS,
    types: ["node"],
    // the notebook's own @types first, then those the kernel brings along, wherever the notebook lies
    typeRoots: [...typeRoots(folder), ...typeRoots(here)],
  };
  const found = ts.findConfigFile(folder, ts.sys.fileExists);
  if (!found) return options;
  const parsed = ts.getParsedCommandLineOfConfigFile(
    found,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const chosen = RESPECTED.filter((name) => parsed?.options[name] !== undefined).map((name) => [
    name,
    parsed!.options[name],
  ]);
  return { ...options, ...Object.fromEntries(chosen) };
}

/** `node_modules/@types` of a folder and of all folders above it. */
function typeRoots(folder: string): string[] {
  const above = dirname(folder);
  return [posix(join(folder, "node_modules", "@types")), ...(above === folder ? [] : typeRoots(above))].filter(
    ts.sys.directoryExists,
  );
}

export function posix(path: string): string {
  return path.replaceAll("\\", "/");
}
