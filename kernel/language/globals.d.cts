// biome-ignore-all lint/suspicious/noExplicitAny: a handler knows what its own front end sends, as with JSON.parse

// What every cell knows without an import. A cell that declares or imports one of these names has its own.

/**
 * Shows a value below the cell, at once: a figure, a matrix, a bundle `{ "text/html": …, "text/plain": … }`, an object
 * with a method `[Symbol.for("Jupyter.display")]`, or anything else as text.
 *
 * @param options `id` names the output, `update` replaces what was shown under this `id`
 */
declare function display(value: unknown, options?: { readonly id?: string; readonly update?: boolean }): void;

/** Clears the outputs of the cell; with `wait` only when the next one comes, which avoids flicker. */
declare function clearOutput(options?: boolean | { wait?: boolean }): void;

/**
 * A progress bar with rate and time left: around a loop, or moved by hand.
 *
 * @example
 * for (const n of progress([1, 2, 3], { label: "adding" })) sum += n;
 */
declare function progress(work: Jupyter.ProgressOptions & { readonly total: number }): Jupyter.ProgressBar;
declare function progress<T>(work: Iterable<T>, options?: Jupyter.ProgressOptions): Iterable<T>;

/**
 * Asks for a line of text and waits for it.
 *
 * @param options with `password` the answer is not shown while it is typed
 */
declare function input(prompt?: string, options?: { password?: boolean }): string;

/** Asks for a line of text; `preset` is returned for an empty line. */
declare function prompt(message?: string, preset?: string): string;

/** Asks a question that is answered by y or n. */
declare function confirm(message?: string): boolean;

/** What a cell can do as the kernel of a notebook. */
declare namespace Jupyter {
  interface ProgressOptions {
    readonly label?: string;
    /** What is counted: "steps", "pictures", … */
    readonly unit?: string;
  }

  /** A bar that is moved by hand. */
  interface ProgressBar {
    /** Moves on by `steps`; a note stands behind the bar. */
    advance(steps?: number, note?: string): void;
    /** Moves to `done` of the total. */
    set(done: number, note?: string): void;
    /** Draws where it stands now; call it when the work ends, early or not. */
    finish(): void;
  }

  /** A channel to an object of the same target in the front end. */
  interface Comm {
    readonly id: string;
    readonly target: string;
    /** False after either side has closed it. */
    readonly isOpen: boolean;
    /**
     * Sends data as JSON, and bytes as they are.
     *
     * @throws when the comm is closed
     */
    send(data?: unknown, buffers?: readonly ArrayBufferView[], options?: { metadata?: object }): void;
    /** Closes both ends, once. */
    close(data?: unknown): void;
    /** What is called with each message, in their order. What it shows belongs to the message, not to a cell. */
    onMessage(handler: (data: any, buffers: Uint8Array[]) => void): void;
    /** What is called when the front end closes the comm. */
    onClose(handler: (data: any) => void): void;
  }

  interface Comms {
    /**
     * Says what to do when the front end opens a comm to `target`; it replaces what was said before.
     *
     * @example
     * Jupyter.comms.register("echo", (comm) => comm.onMessage((data) => comm.send(data)));
     */
    register(target: string, opened: (comm: Comm, data: any, buffers: Uint8Array[]) => void): void;
    /** From here on comms to `target` are refused. */
    unregister(target: string): void;
    /** Opens a comm to a target of the front end. */
    open(target: string, data?: unknown, buffers?: readonly ArrayBufferView[], options?: { metadata?: object }): Comm;
  }

  /** Channels to widgets in the front end. */
  const comms: Comms;
}
