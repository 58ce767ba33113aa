/** The private Python environment that the set-up makes. Its place is known to the set-up. */
import { setupModule } from "./setup-module.js";

interface EnvironmentModule {
  environmentPaths(): { prefix: string; python: string };
  environmentVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

const environment = await setupModule<EnvironmentModule>("environment.mjs");

export const environmentPaths = environment.environmentPaths;
export const environmentVariables = environment.environmentVariables;
