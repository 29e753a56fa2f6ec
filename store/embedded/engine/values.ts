/** BSON values as the engine sees them: types, order, equality, numbers, paths and key bytes, gathered from their files. */
export * from './bson-types.ts';
export * from './compare.ts';
export * from './decimal.ts';
export * from './index-keys.ts';
export * from './key-encoding.ts';
export * from './mongo-error.ts';
export * from './numbers.ts';
