import { messageTitle } from '../../recruiting/message/compose-message.ts';
import { type Lang, toSimplified } from './said.ts';

/** What staff call a message to candidates: its title, or in English its id in words. */
export function messageName(template: string, lang: Lang): string {
  if (lang === 'en') return template.replaceAll('_', ' ');
  const title = messageTitle(template);
  return lang === 'hans' ? toSimplified(title) : title;
}
