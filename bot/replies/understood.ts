import { isLocalDate, momentAt } from '../../hongkong/zone.ts';
import type { Entities, IntentFrame, StaffIntent, TimeValue } from '../understand/intents.ts';
import { INTENT_TITLES } from './intent-titles.ts';
import { inLanguage, type Lang, say, type Texts } from './said.ts';
import { staffDate, staffDateTime } from './staff-dates.ts';

/** Keys that are free words or figures, in the order in which they are told. */
const WORDS: readonly (readonly [keyof Entities, Texts])[] = [
  ['job', say('職位', 'job')],
  ['store', say('分店', 'branch')],
  ['place', say('地點', 'place')],
  ['then_store', say('之後', 'afterwards')],
  ['interviewer', say('面試官', 'interviewer')],
  ['filter', say('條件篩選', 'only those')],
  ['exclude', say('不包括', 'without')],
  ['condition', say('條件', 'condition')],
  ['reason', say('原因', 'reason')],
  ['note', say('備註', 'note')],
  ['content', say('內容', 'content')],
  ['comment', say('評語', 'comment')],
  ['metric', say('數據', 'figure')],
  ['group_by', say('分組', 'by')],
  ['topic', say('關於', 'about')],
  ['limit', say('人數', 'how many')],
  ['headcount', say('人數', 'how many')],
  ['slots', say('時段數目', 'slots')],
  ['score', say('分數', 'score')],
  ['probation_months', say('試用期（月）', 'probation (months)')],
  ['next_approver', say('再交', 'then to')],
];

/** One understood frame in plain words: 約面試：陳家欣，11月24日（星期二）下午3時，面試官：Ivan. */
export function understoodAs({ intent, entities }: IntentFrame, lang: Lang, restore = (text: string) => text): string {
  const title = inLanguage(INTENT_TITLES[intent as StaffIntent] ?? say('未明白', 'not understood'), lang);
  const colon = lang === 'en' ? ': ' : '：';
  const parts: string[] = [];
  const people = entities.candidate_norm ?? entities.candidate ?? entities.candidate_ref;
  if (people !== undefined) parts.push(restore([people].flat().join(lang === 'en' ? ', ' : '、')));
  else if (entities.scope === 'all') parts.push(inLanguage(say('全部人', 'everybody'), lang));
  if (entities.from_time !== undefined)
    parts.push(`${inLanguage(say('原定', 'planned for'), lang)} ${timesText(entities.from_time, lang)}`);
  if (entities.time !== undefined) parts.push(timesText(entities.time, lang));
  if (entities.salary) parts.push(payText(entities.salary, lang));
  if (entities.scores) {
    parts.push(
      Object.entries(entities.scores)
        .map(([what, score]) => `${what} ${score}`)
        .join(', '),
    );
  }
  for (const [key, label] of WORDS) {
    const value = entities[key];
    if (value === undefined) continue;
    parts.push(`${inLanguage(label, lang)}${colon}${restore([value].flat().join(lang === 'en' ? ', ' : '、'))}`);
  }
  if (entities.tentative) parts.push(inLanguage(say('暫定，先不通知對方', 'pencilled in, nobody told'), lang));
  const told = parts.join(lang === 'en' ? ', ' : '，');
  return told ? `${title}${colon}${told}` : title;
}

function payText({ amount, min, max, unit }: NonNullable<Entities['salary']>, lang: Lang): string {
  const figure = (hkd: number | undefined): string => (hkd === undefined ? '' : `HK$${hkd.toLocaleString('en-HK')}`);
  const range = amount !== undefined ? figure(amount) : [figure(min), figure(max)].join(' – ').trim();
  const per = { month: say('每月', 'a month'), hour: say('每小時', 'an hour'), day: say('每日', 'a day') }[unit];
  return lang === 'en' ? `${range} ${per.en}` : `${inLanguage(per, lang)}${range}`;
}

function timesText(value: Entities['time'], lang: Lang): string {
  return [value]
    .flat()
    .map((one) => timeText(one as TimeValue, lang))
    .join(lang === 'en' ? ' or ' : '或');
}

/** A time of an understood frame as people read it. */
export function timeText(value: TimeValue, lang: Lang): string {
  if (typeof value === 'string') {
    if (value.includes('T')) return staffDateTime(new Date(value), lang);
    return isLocalDate(value) ? staffDate(momentAt(value), lang) : value;
  }
  const { from, to } = value;
  const [first, last] = [from, to].map((each) => (each === undefined ? '' : timeText(each, lang)));
  if (first && last) return first === last ? first : `${first} – ${last}`;
  if (first) return lang === 'en' ? `from ${first}` : `${first}起`;
  return lang === 'en' ? `by ${last}` : `${last}前`;
}
