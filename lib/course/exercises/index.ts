export { lesson00 } from "./00-meet-a-recurrent-network.js";
export { lesson01 } from "./01-why-memory.js";
export { lesson02 } from "./02-the-recurrent-computation.js";
export { lesson03 } from "./03-backpropagation-through-time.js";
export { lesson05 } from "./05-vanishing-and-exploding.js";
