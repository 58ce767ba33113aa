/**
 * TypeScript's compiler, which is CommonJS. It is required: an `import` would first search the nine megabytes of its text
 * for what it may export, which takes as long as running it, and 30 MB.
 */
import ts = require("typescript");

export default ts;
