/** Kinds of errors that code may tell apart. Everything else is a bug and gets an apology with a reference number. */

/**
 * A rule of recruiting, of rights or of input was broken. `code` picks the sentence the person reads (each surface has
 * its own wording per language), `slots` fill it. Nothing has been changed when it is thrown.
 */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
  readonly code: string;
  readonly slots: Readonly<Record<string, string | number | readonly string[]>>;

  constructor(code: string, slots: Readonly<Record<string, string | number | readonly string[]>> = {}) {
    super(code);
    this.code = code;
    this.slots = slots;
  }
}

/** The settings do not allow a start. `missing` names every setting at fault. Exit code 78. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly missing: readonly string[];

  constructor(message: string, missing: readonly string[] = []) {
    super(message);
    this.missing = missing;
  }
}

/** A folder or a port is in use by somebody else. Exit code 75. */
export class InUseError extends Error {
  override readonly name = 'InUseError';
}

/** The text of an unknown error, for logs; never for a person. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
