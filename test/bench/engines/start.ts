/** How long an engine takes to open in a fresh process, and until its first product: `node start.js ENGINE`. */
import { type EngineName, product, useEngine, zeros } from "unroll";

/** Large enough for all threads to be woken. */
const SIZE = 256;

const begin = performance.now();
await useEngine(process.argv[2] as EngineName);
const opened = performance.now() - begin;
product(zeros(SIZE, SIZE, "float32"), zeros(SIZE, SIZE, "float32"));
const computed = performance.now() - begin;
console.log(JSON.stringify({ opened, computed }));
process.exit(); // an engine's threads would keep it alive
