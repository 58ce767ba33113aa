export { lesson00 } from "./00-meet-a-recurrent-network.js";
export { lesson02 } from "./02-the-recurrent-computation.js";
export { lesson06 } from "./06-a-memory-cell.js";
export { lesson07 } from "./07-lstm.js";
export { lesson08 } from "./08-gru.js";
