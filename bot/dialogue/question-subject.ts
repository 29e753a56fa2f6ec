import { isLocalDate, momentAt } from '../../hongkong/zone.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import { INTENT_TITLES } from '../replies/intent-titles.ts';
import { inLanguage } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';
import type { Frame } from '../understand/frame.ts';
import type { StaffIntent } from '../understand/intents.ts';

/** Acts before a person's name. */
const IN_ENGLISH: Readonly<Record<string, string>> = {
  shortlist: 'Shortlisting',
  schedule: 'Interview with',
  reschedule: 'Moving the interview of',
  cancel: 'Calling off the interview of',
  approve: 'Approving',
  reject: 'Turning down',
  hold: 'Putting on hold',
  note: 'Note about',
  assign_store: 'Branch for',
  call_outcome: 'Call to',
  no_show: 'No-show of',
  pause_nudges: 'Pausing messages to',
  offer: 'Offer to',
};
/** Of an act without a name: Interview, not Interview with. */
const DANGLING = / (?:of|with|to|for|about)$/;
/** Arguments that say whom a command is about. */
const WHO = ['who', 'application', 'candidate'];

/** An act and the people it is about, in plain words. */
export interface Subject {
  /** 約面試 Kelly Ng. */
  text: string;
  /** Everybody in it stands with their full name, as the records have it. */
  isCertain: boolean;
}

/**
 * What a question is about, for naming it when it is not on the screen any more: 約面試 Kelly Ng. The person stands as
 * typed while it is not certain who is meant; undefined for commands that have no name of their own in plain words.
 */
export async function questionSubject(reader: Reader, { command, args, lang }: Frame): Promise<Subject | undefined> {
  const title = INTENT_TITLES[command as StaffIntent];
  if (!title) return undefined;
  const names: string[] = [];
  let isCertain = true;
  for (const piece of WHO.flatMap((name) => args[name] ?? [])) {
    if ('id' in piece) {
      const application = await reader.get('applications', piece.id);
      const candidate = await reader.get('candidates', application?.candidateId ?? piece.id);
      if (candidate) names.push(candidate.name.display);
    } else if ('typed' in piece && piece.typed !== '' && !isLocalDate(piece.typed)) {
      names.push(piece.typed);
      isCertain = false;
    }
  }
  const english = IN_ENGLISH[command] ?? title.en;
  const act = lang !== 'en' ? inLanguage(title, lang) : names.length > 0 ? english : english.replace(DANGLING, '');
  const days = Object.values(args)
    .flat()
    .flatMap((piece) => ('typed' in piece && isLocalDate(piece.typed) ? [staffDate(momentAt(piece.typed), lang)] : []));
  const text = [act, names.join(lang === 'en' ? ', ' : '、'), ...days].filter(Boolean).join(' ');
  return { text, isCertain: isCertain && names.length > 0 };
}
