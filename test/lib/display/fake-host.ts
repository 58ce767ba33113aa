import type { Host, MimeBundle } from "unroll";
import { hostKey } from "unroll/display/host.js";

export interface Shown {
  bundle: MimeBundle;
  id?: string;
  update?: boolean;
}

/** Runs `body` with a host that notes what is shown; afterwards there is none. */
export async function withFakeHost(
  body: (shown: Shown[], cleared: object[]) => unknown,
  extra: Partial<Host> = {},
): Promise<void> {
  const shown: Shown[] = [];
  const cleared: object[] = [];
  const globals = globalThis as { [hostKey]?: Host };
  globals[hostKey] = {
    ...extra,
    show: (bundle, { id, update } = {}) =>
      shown.push({ bundle, ...(id !== undefined && { id }), ...(update !== undefined && { update }) }),
    clear: (options = {}) => cleared.push(options),
  };
  try {
    await body(shown, cleared);
  } finally {
    delete globals[hostKey];
  }
}
