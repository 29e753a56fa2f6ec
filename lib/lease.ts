/**
 * A claim on work that ends by itself when its holder dies. Leases are compared between machines, so they run on the
 * wall clock, never on the moved calendar.
 */
export interface Lease {
  /** Who we are: unique per process start. */
  readonly owner: string;
  /** The wall clock. */
  wallNow(): Date;
  /** When a claim made now ends. */
  until(): Date;
  /** True when no other process can hold work of this store (embedded): claims found at start are dead. */
  readonly sole: boolean;
}

/** A lease of some seconds. */
export function leaseOf(owner: string, wallNow: () => Date, sole: boolean, seconds = 30): Lease {
  return {
    owner,
    wallNow,
    until: () => new Date(wallNow().getTime() + seconds * 1000),
    sole,
  };
}
