/** How long an engine takes to open in a fresh process, and until its first product: `node start.js ENGINE`. */
import { type EngineName, product, useEngine, zeros } from "unroll";

const begin = performance.now();
await useEngine(process.argv[2] as EngineName);
const opened = performance.now() - begin;
product(zeros(64, 64, "float32"), zeros(64, 64, "float32"));
const computed = performance.now() - begin;
console.log(JSON.stringify({ opened, computed }));
process.exit(); // an engine's threads would keep it alive
