/** The one policy table in two parts: who may do what (permissions), and who sees how much of which field where (fields). */
export * from './fields.ts';
export * from './permissions.ts';
export * from './reach.ts';
