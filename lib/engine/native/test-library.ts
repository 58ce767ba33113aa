// A program of its own: tests the library that it is given, and says in one line what is wrong with it.
import { bind, firstLine, loadKoffi } from "./binding.js";
import { engineOf } from "./native.js";
import { selfTest } from "./self-test.js";

try {
  selfTest(engineOf(bind(loadKoffi(), process.argv[2]!), 2, ""));
} catch (error) {
  console.log(firstLine(error));
  process.exitCode = 1;
}
