import { ConfigurationError } from '../lib/errors.ts';
import type { Models } from '../models/index.ts';
import type { Config } from './config.ts';

/**
 * Makes sure that the database belongs to this mode: messages of a rehearsal must never meet real people's records, nor
 * the reverse. An empty database is taken for the present mode.
 * @throws ConfigurationError when the database belongs to the other mode
 */
export async function claimOrganisation(models: Models, config: Config): Promise<void> {
  const known = await models.organisation.findOne({ _id: 'organisation' }).lean();
  if (known && known.mode !== config.mode) {
    throw new ConfigurationError(
      `This database belongs to a ${known.mode} organisation and is not opened in ${config.mode} mode. Use another DATA_DIR or MONGODB_URI.`,
      [config.mongodbUri ? 'MONGODB_URI' : 'DATA_DIR'],
    );
  }
  if (known) return;
  await models.organisation.insertMany([
    {
      _id: 'organisation',
      mode: config.mode,
      corpId: config.dingtalk.corpId ?? null,
      brand: null,
      legalEntity: null,
      officeAddress: null,
      hrPhone: null,
      hrGroupId: null,
      smsSender: config.sms.sender ?? null,
      dataLocation: null,
      settings: {},
    },
  ]);
}
