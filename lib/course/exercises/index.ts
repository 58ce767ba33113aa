export { lesson00 } from "./00-meet-a-recurrent-network.js";
export { lesson02 } from "./02-the-recurrent-computation.js";
export { lesson04 } from "./04-training-without-bptt.js";
export { lesson09 } from "./09-the-gradient-highway.js";
export { lesson10 } from "./10-key-take-aways.js";
