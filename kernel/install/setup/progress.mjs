/**
 * What the user sees of the set-up: one line a step, with the seconds counting on a terminal. It goes to stderr, so that
 * the output of the command that comes after it can be piped.
 *
 * @template T
 * @param {string} title such as "Installing packages"
 * @param {() => Promise<T>} work
 * @param {{ stream?: NodeJS.WriteStream, now?: () => number }} [options]
 * @returns {Promise<T>}
 */
export async function withProgress(title, work, { stream = process.stderr, now = Date.now } = {}) {
  const start = now();
  const elapsed = () => `${Math.round((now() - start) / 1000)} s`;
  if (!stream.isTTY) {
    stream.write(`${title} …\n`);
    const result = await work();
    stream.write(`${title}: done in ${elapsed()}\n`);
    return result;
  }
  const show = () => stream.write(`\r${title} … ${elapsed()} `);
  show();
  const timer = setInterval(show, 1000);
  try {
    const result = await work();
    stream.write(`\r${title}: done in ${elapsed()}\n`);
    return result;
  } catch (error) {
    stream.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}
