import { hongKongTime, isLocalDate, momentAt } from '../../hongkong/zone.ts';
import type { AnyCommand, ApplicationInfo, Argument, ArgumentValue } from '../command.ts';
import { applicationLabel, requisitionLabel, staffLabel } from './labels.ts';
import { inLanguage, type Lang, type Said, say } from './said.ts';
import { staffDate, staffDateTime } from './staff-dates.ts';

/** What a command is about to do, as it was understood: the act, then who, when and what, a line each. */
export function wishInWords(command: AnyCommand, args: Record<string, ArgumentValue>): Said {
  return (lang) => {
    const act = lang === 'en' ? (command.aliases.en[0] ?? command.name) : (command.aliases.hant[0] ?? command.name);
    const colon = lang === 'en' ? ': ' : '：';
    const rows = Object.entries(command.takes).flatMap(([name, argument]) => {
      const values = [args[name]].flat().filter((value) => value !== undefined);
      if (values.length === 0) return [];
      const told = values.map((value) => valueText(argument, value, lang)).join(lang === 'en' ? ', ' : '、');
      return [`${inLanguage(argument.title, lang)}${colon}${told}`];
    });
    const head = say(`我理解為「${act}」，對嗎？`, `I understood "${act}". Is that right?`);
    return [inLanguage(head, lang), ...rows].join('\n');
  };
}

function valueText(argument: Argument, value: unknown, lang: Lang): string {
  switch (argument.kind) {
    case 'application':
      return applicationLabel(value as ApplicationInfo, lang);
    case 'candidate':
      return (value as { name: { display: string } }).name.display;
    case 'requisition':
      return requisitionLabel(value as Parameters<typeof requisitionLabel>[0], null);
    case 'branch':
      return (value as { name: string }).name;
    case 'staff':
      return staffLabel(value as Parameters<typeof staffLabel>[0]);
    case 'intake':
      return (value as { ref: string }).ref;
    case 'moment':
      return hongKongTime(value as Date) === '00:00'
        ? staffDate(value as Date, lang)
        : staffDateTime(value as Date, lang);
    case 'date':
      return isLocalDate(String(value)) ? staffDate(momentAt(String(value)), lang) : String(value);
    case 'choice': {
      const title = argument.choices?.find(({ id }) => id === value)?.title;
      return title ? inLanguage(title, lang) : String(value);
    }
    default:
      return String(value);
  }
}
