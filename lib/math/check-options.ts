/** @throws when a number is not a whole number ≥ least */
export function checkCount(what: string, name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new RangeError(`${what}: ${name} is ${value}, expected a whole number ≥ ${least}`);
  }
}

/** @throws a sentence with the option's name when it is not a finite number > 0 */
export function checkPositive(what: string, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${what}: ${name} is ${value}, expected a number > 0`);
    }
  }
}

/** @throws a sentence with the option's name when it is not a finite number ≥ 0 */
export function checkNotNegative(what: string, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${what}: ${name} is ${value}, expected a number ≥ 0`);
    }
  }
}

/** @throws when a word is none of those that are understood: it would otherwise pass for one of them */
export function checkChoice(what: string, name: string, value: unknown, choices: readonly string[]): void {
  if (!choices.includes(value as string)) {
    throw new RangeError(`${what}: ${name} is ${JSON.stringify(value)}, expected ${choices.join(" or ")}`);
  }
}
