import { isRecord } from '../http/validate.ts';
import type { Card, CardButton, CardField, CardForm, CardView } from './card.ts';

/** The values one person sees: their private ones over the public ones. */
export function valuesFor(card: Card, personId: string): Record<string, string> {
  return { ...card.publicValues, ...card.privateValues[personId] };
}

/**
 * Draws a card of any template for one person. Buttons come from the variable `buttons` (a JSON array of
 * `{id,label,enabled?,style?,url?,params?}`) or from `sys_full_json_obj.msgButtons` of DingTalk's public templates;
 * a form from the variable `form`. A form on a card that declares no list of buttons brings its own, whose id is `form`.
 */
export function viewCard(card: Card, personId: string): CardView {
  const values = valuesFor(card, personId);
  const form = formOf(values.form);
  const list = declaredButtons(values);
  const declared = buttonsOf(list ?? []);
  const buttons =
    list === undefined && form && form.fields.some((field) => !field.readOnly)
      ? [{ id: 'form', label: '提交', enabled: true }]
      : declared;
  // A card that declares no list of buttons may have some in its template: nothing says that it is closed.
  const isOpen =
    buttons.some((button) => button.enabled && button.url === undefined) ||
    (list === undefined && card.callbackType !== undefined);
  return {
    outTrackId: card.outTrackId,
    values,
    buttons,
    form,
    open: isOpen,
  };
}

/** The list of buttons as the values give it; an empty list says that there are none any more. */
function declaredButtons(values: Record<string, string>): unknown[] | undefined {
  const own = parse(values.buttons);
  if (Array.isArray(own)) return own;
  const full = parse(values.sys_full_json_obj);
  return isRecord(full) && Array.isArray(full.msgButtons) ? full.msgButtons : undefined;
}

function buttonsOf(list: readonly unknown[]): CardButton[] {
  return list.filter(isRecord).flatMap((item) => {
    const id = item.id ?? item.actionId;
    if (typeof id !== 'string' || id === '') return [];
    const label = item.label ?? item.text ?? id;
    const style = item.style ?? item.color;
    const enabled = item.enabled !== false && item.disabled !== true && item.enabled !== 'false';
    return [
      {
        id,
        label: String(label),
        enabled,
        ...(typeof style === 'string' ? { style } : {}),
        ...(typeof item.url === 'string' ? { url: item.url } : {}),
        ...(isRecord(item.params) ? { params: item.params } : {}),
      },
    ];
  });
}

function formOf(text: string | undefined): CardForm | null {
  const form = parse(text);
  if (!isRecord(form) || !Array.isArray(form.fields)) return null;
  const fields = form.fields.filter(
    (field): field is CardField => isRecord(field) && typeof field.name === 'string' && typeof field.type === 'string',
  );
  return fields.length === 0 ? null : { fields };
}

function parse(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a card says, as text: title, Markdown text, state. */
export function textOfCard(values: Record<string, string>): { title: string; text: string } {
  const title = values.title ?? values.msgTitle ?? '';
  const text = [
    values.text ?? values.markdown ?? values.msgContent ?? values.staticMsgContent ?? '',
    values.status ?? '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  return { title, text };
}
