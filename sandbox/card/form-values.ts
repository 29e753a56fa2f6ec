import { isRecord } from '../http/validate.ts';
import type { CardField, CardForm } from './card.ts';

/** A form cannot be sent as it is; the client shows this to the person. */
export class FormIncomplete extends Error {
  override readonly name = 'FormIncomplete';
}

const NUMBERS_ARE_INDEXES = ['CHECKBOX_GROUP', 'MULTI_CHECKBOX_GROUP'];

/**
 * What a form sends for what a person filled in: choices as `{index,value}`, hidden fields with their defaults
 * (DingTalk: 表单变量). Plain values are enough as input; values that already have the wire's shape pass through.
 * Throws FormIncomplete.
 */
export function submitForm(form: CardForm, filled: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const field of form.fields) {
    const given = field.readOnly || field.hidden ? undefined : filled[field.name];
    const value = given === undefined ? field.defaultValue : encode(field, given);
    if (value === undefined || value === '') {
      if (field.required && !field.hidden)
        throw new FormIncomplete(field.requiredMsg ?? `${field.label ?? field.name} is required`);
      if (value === undefined) continue;
    }
    sent[field.name] = value;
  }
  return sent;
}

function encode(field: CardField, given: unknown): unknown {
  const options = field.options ?? [];
  const choice = (item: unknown): { index: number; value: string } => {
    const index =
      typeof item === 'number' ? item : options.findIndex((option) => option.value === item || option.text === item);
    const option = options[index];
    if (!option)
      throw new FormIncomplete(
        `${field.name}: ${JSON.stringify(item)} is not one of ${options.map(({ value }) => value).join(', ')}`,
      );
    return { index, value: option.value };
  };
  if (isRecord(given)) return given;
  if (field.type === 'SELECT') return given === '' ? '' : choice(given);
  if (field.type === 'MULTI_SELECT') {
    const chosen = (Array.isArray(given) ? given : [given]).map(choice);
    return { index: chosen.map(({ index }) => index), value: chosen.map(({ value }) => value) };
  }
  if (field.type === 'CHECKBOX' || field.type === 'SWITCH') return given === true || given === 'true';
  if (NUMBERS_ARE_INDEXES.includes(field.type)) return given;
  return typeof given === 'number' && field.type !== 'NUMBER' ? String(given) : given;
}
