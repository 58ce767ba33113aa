/** Whether lessons should shorten their training: true when the environment says `UNROLL_QUICK=1`, as tests do. */
export const quick: boolean = process.env.UNROLL_QUICK === "1";
