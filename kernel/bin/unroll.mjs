#!/usr/bin/env node
console.log("bin", process.argv.slice(2), process.cwd());
