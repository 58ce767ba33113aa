/** What this engine uses of WebAssembly's interface, which the types for Node.js leave to those for browsers. */
interface WebAssemblyInterface {
  readonly Module: {
    new (bytes: Uint8Array): WasmModule;
    exports(module: WasmModule): { readonly name: string }[];
  };
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  validate(bytes: Uint8Array): boolean;
}

/** A compiled module: it may be sent to other threads. */
export interface WasmModule {
  readonly compiled: unique symbol;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** @returns the pages there were before */
  grow(pages: number): number;
}

/** A page of memory, in bytes. */
export const PAGE = 65536;

export const wasm: WebAssemblyInterface | undefined = (globalThis as { WebAssembly?: WebAssemblyInterface })
  .WebAssembly;

/** The functions of a module, all of numbers. */
export type Kernels = Readonly<Record<string, (...numbers: number[]) => number>>;

/** A module's functions at work in this memory. */
export function kernelsIn(module: WasmModule, memory: WasmMemory): Kernels {
  return new wasm!.Instance(module, { env: { memory } }).exports as Kernels;
}
