/**
 * What differs in form between a sample and a value: names of keys and types, not the values. Every key of the sample
 * must be there, and no other. Arrays are compared by their first items.
 */
export function shapeDifferences(sample: unknown, actual: unknown, path = ''): string[] {
  if (Array.isArray(sample)) {
    if (!Array.isArray(actual)) return [`${path}: expected an array`];
    return sample.length === 0 || actual.length === 0 ? [] : shapeDifferences(sample[0], actual[0], `${path}[0]`);
  }
  if (sample !== null && typeof sample === 'object') {
    if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) return [`${path}: expected an object`];
    const wanted = sample as Record<string, unknown>;
    const given = actual as Record<string, unknown>;
    return [
      ...Object.keys(wanted).flatMap((key) =>
        key in given ? shapeDifferences(wanted[key], given[key], `${path}.${key}`) : [`${path}.${key} is missing`],
      ),
      ...Object.keys(given)
        .filter((key) => !(key in wanted))
        .map((key) => `${path}.${key} is not in the sample`),
    ];
  }
  return typeof sample === typeof actual ? [] : [`${path}: expected ${typeof sample}, not ${typeof actual}`];
}
