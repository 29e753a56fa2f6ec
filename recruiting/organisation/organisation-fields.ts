import { parsePhone } from '../../hongkong/phones.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { OrganisationRecord } from '../../models/organisation.model.ts';
import type { Reader } from '../unit/reader.ts';
import type { Unit } from '../unit/unit.ts';

/** What an organisation says of itself, in messages and on pages. */
export const ORGANISATION_FIELDS = [
  'brand',
  'legalEntity',
  'officeAddress',
  'hrPhone',
  'smsSender',
  'dataLocation',
] as const;
export type OrganisationField = (typeof ORGANISATION_FIELDS)[number];

/** The organisation's document, created when the app first opened its database. @throws Error when there is none */
export async function theOrganisation(reader: Reader): Promise<OrganisationRecord> {
  const organisation = await reader.get('organisation', 'organisation');
  if (!organisation) throw new Error('the organisation document is missing: the app creates it at its first start');
  return organisation;
}

/**
 * Sets one field.
 * @throws RuleBroken `organisation_field_empty`, `phone_wrong`, `sms_sender_wrong` (`#` and 3 to 11 letters or digits),
 *   `organisation_field_too_long` (slot `limit`)
 */
export async function setOrganisationField(
  unit: Unit,
  field: OrganisationField,
  typed: string,
): Promise<OrganisationRecord> {
  const organisation = await theOrganisation(unit);
  const value = checkedValue(field, typed.trim());
  unit.audit('organisation', `set:${field}`, [field]);
  return unit.change('organisation', organisation, { [field]: value });
}

const LONGEST: Readonly<Record<OrganisationField, number>> = {
  // The brand stands in every SMS; the texts are measured with ten characters.
  brand: 12,
  legalEntity: 60,
  officeAddress: 100,
  hrPhone: 20,
  smsSender: 12,
  dataLocation: 60,
};

function checkedValue(field: OrganisationField, typed: string): string {
  if (typed === '') throw new RuleBroken('organisation_field_empty', { field });
  if (typed.length > LONGEST[field])
    throw new RuleBroken('organisation_field_too_long', { field, limit: LONGEST[field] });
  if (field === 'hrPhone') {
    const phone = parsePhone(typed);
    if (!phone) throw new RuleBroken('phone_wrong', { phone: typed });
    return phone.e164.replace(/^\+852(\d{4})(\d{4})$/, '$1 $2');
  }
  if (field === 'smsSender' && !/^#[A-Za-z0-9._-]{2,11}$/.test(typed)) {
    throw new RuleBroken('sms_sender_wrong', { sender: typed });
  }
  return typed;
}

/** Makes a group the one in which HR talks to the robot. */
export async function setHrGroup(unit: Unit, conversationId: string): Promise<OrganisationRecord> {
  const organisation = await theOrganisation(unit);
  unit.audit('organisation', 'set:hrGroupId', ['hrGroupId']);
  return unit.change('organisation', organisation, { hrGroupId: conversationId });
}
