import type { Model, QueryFilter } from 'mongoose';
import type { CollectionName, Records } from '../../models/index.ts';
import type { Office } from './office.ts';
import type { ListOptions, Unit } from './unit.ts';

/** Reading, inside a unit or outside of any transaction. */
export type Reader = Pick<Unit, 'get' | 'one' | 'list'>;

/** Reads outside of any transaction: for finding out who is meant before a unit begins, and for lists. */
export function officeReader(office: Office): Reader {
  const model = <Name extends CollectionName>(name: Name): Model<Records[Name]> =>
    office.models[name] as unknown as Model<Records[Name]>;
  return {
    async get<Name extends CollectionName>(name: Name, id: string): Promise<Records[Name] | null> {
      return (await model(name)
        .findOne({ _id: id } as QueryFilter<Records[Name]>)
        .lean()) as Records[Name] | null;
    },
    async one<Name extends CollectionName>(
      name: Name,
      filter: QueryFilter<Records[Name]>,
    ): Promise<Records[Name] | null> {
      return (await model(name).findOne(filter).lean()) as Records[Name] | null;
    },
    async list<Name extends CollectionName>(
      name: Name,
      filter: QueryFilter<Records[Name]>,
      options: ListOptions = {},
    ): Promise<Records[Name][]> {
      const query = model(name).find(filter);
      if (options.sort) query.sort(options.sort);
      if (options.skip) query.skip(options.skip);
      if (options.limit) query.limit(options.limit);
      return (await query.lean()) as Records[Name][];
    },
  };
}
