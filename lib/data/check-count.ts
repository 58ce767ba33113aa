/** @throws when a number is not a whole number ≥ least */
export function checkCount(what: string, name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new RangeError(`${what}: ${name} is ${value}, expected a whole number ≥ ${least}`);
  }
}
