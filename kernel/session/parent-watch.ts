/** A kernel whose server has died would stay for ever: nobody could reach it, and nobody would end it. */

const INTERVAL = 1000;

/** Calls `orphaned` when the process that started the kernel has gone. */
export function watchParent(orphaned: () => void): void {
  const parent = process.ppid;
  // Jupyter sets the variable where the kernel is to live no longer than the server; process 1 is nobody's server
  if (!process.env.JPY_PARENT_PID || parent <= 1) return;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return;
    clearInterval(timer);
    orphaned();
  }, INTERVAL);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
