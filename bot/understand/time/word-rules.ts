import { type Rule, stretchOf, type WordAtom } from './atom.ts';
import { pattern } from './fold-text.ts';

/** Times nobody could write into a calendar. */
const VAGUE_ZH = [
  '[這呢依][幾兩排陣][天日]?',
  '這段(?:時間|日子)',
  '[呢依]排',
  '[遲晚][啲d些陣](?:先|再)?',
  '過(?:多)?[幾兩排陣](?:天|日|個?星期|個?禮拜)?',
  '過一?陣(?:子)?',
  '遲一陣',
  '等陣',
  '等一陣',
  '稍[後后遲]',
  '改[日天]',
  '第[日時]',
  '第二[日天時](?!個)',
  '(?:之|以|隨|日|今)[後后]再',
  '日[後后](?!再)',
  '將來',
  '有空(?:再|先)?',
  '[近最]近?[幾兩]?[日天](?!都)',
  '幾[日天](?:後|后|內)',
  '幾(?:個)?(?:星期|禮拜|月)(?:後|后|內)',
  '前幾[日天]|早幾[日天]|[上頭]幾[日天]|早排|前排|早前',
  '幾時都(?:得|可以)',
  '隨時(?:都)?(?:得|可以)?',
  '另約時間',
  '遲[些啲]',
];
const VAGUE_EN = [
  'some ?time(?: soon)?(?! (?:next|this|on|in|around|between))',
  'some ?day',
  'some other (?:time|day)',
  'another (?:day|time)',
  'one of these days',
  '(?:the )?(?:next|last|past|coming) (?:few|couple of) (?:days|weeks|months)',
  '(?:in )?a few (?:days|weeks|hours|mins|minutes)(?: later| time)?',
  'in a (?:bit|while)',
  'later(?: on)?(?! (?:than|today|this|tonight|in|on|next)(?![a-z]))',
  'soon',
  'any ?time(?! (?:on|after|before|from|next|this|between))',
  'whenever',
  'recently|lately',
  'these days',
  'the other day',
];

/** The old hour is kept. */
const SAME =
  '(?:同一?個?|一樣(?:嘅|的)?|原來?嘅?|原定)(?:時間|鐘數|點鐘)|時間(?:照舊|不變|唔變|一樣|維持)|照舊時間|(?<![a-z])(?:the )?same (?:time|hour|clock)(?: slot)?(?![a-z])|(?<![a-z])time (?:stays the same|unchanged)(?![a-z])';

const word = (is: WordAtom['is'], source: string): Rule => ({
  pattern: pattern(source),
  read: (match) => ({ is, ...stretchOf(match) }),
});

export const VAGUE_RULES: readonly Rule[] = [
  word('vague', VAGUE_ZH.join('|')),
  word('vague', `(?<![a-z])(?:${VAGUE_EN.join('|')})(?![a-z])`),
];
export const SAME_CLOCK_RULES: readonly Rule[] = [word('same_clock', SAME)];

/** What looks like a time and is none: it is taken out of the line before anything is read. */
const NOTHING: readonly string[] = [
  // links and addresses
  '(?:https?://|www\\.)[^\\s\\u4e00-\\u9fff]+',
  "[\\w.+'-]+@[\\w-]+(?:\\.[\\w-]+)+",
  // references such as A1003, identity cards, versions
  '(?<![a-z\\d])[acrt] ?-?\\d{3,6}(?![a-z\\d])',
  '(?<![a-z\\d])[a-z]{1,2}\\d{6}\\(?[\\da]\\)?',
  '(?<![a-z\\d])v\\d+(?:\\.\\d+)+',
  // telephone numbers
  '(?<![\\d.])(?:\\+?852[ -]?)?[2-9]\\d{3}[ -]?\\d{4}(?![\\d.])',
  // money: $17,000, 17k, 62蚊一個鐘, 1.6萬, 75/hr, 月薪16000
  '(?:hk)?\\$ ?\\d[\\d,]*(?:\\.\\d+)?(?: ?[k萬])?(?: ?(?:-|–|~|至|到|to) ?\\$?\\d[\\d,]*(?:\\.\\d+)?(?: ?[k萬])?)?(?: ?(?:/|per|a|an|一?[個粒]) ?(?:hours?|hrs?|h|months?|mth|days?|鐘頭?|小時|月|日))?',
  '(?<![\\d.])\\d[\\d,]*(?:\\.\\d+)? ?(?:k|萬|千|蚊|元|文|塊|hkd|dollars|bucks)(?![a-z])(?: ?(?:/|per|a|an|每|一)?[個粒]? ?(?:hours?|hrs?|h|months?|mth|days?|鐘頭?|小時|月|日)(?![後前內]))?',
  '(?<![\\d.])\\d{2,3}(?:\\.\\d)? ?(?:/|per |an )(?:hours?|hr|h)(?![a-z])',
  '[一二兩三四五六七八九十廿卅百幾]{1,4}(?:蚊|元|文|塊)(?:一?[個粒](?:鐘頭?|小時))?',
  '(?:時薪|月薪|底薪|起薪|人工|薪金|津貼|雙糧|預算|budget|salary|pay|basic)\\s?(?:係|是|:)?\\s?\\d[\\d,.]*',
  // ages
  '(?<![\\d月])(?:\\d{1,2}|[一二三四五六七八九十廿卅]{1,3})(?:幾|餘|多)?歲',
  '(?:aged?|over|under) \\d{2}(?![\\d:/.]|(?:st|nd|rd|th)|[ap]m| ?(?:mins?|hours?|hrs?|days?|weeks?))',
  '\\d{1,2}[ -](?:years?[ -]old|yrs? old|y/?o)(?![a-z])',
  "(?:\\d{1,2}|[一二兩三四五六七八九十]{1,3}|one|two|three|four|five|six|ten) ?(?:年|years?|yrs?)[' ]*(?:of )?(?:嘅|的|以上)?(?:工作)?(?:經驗|exp(?:erience)?|資歷|年資)",
  // typhoons and rain: 8號波, T8, no. 8 signal
  '(?:\\d{1,2}|[一三八九十])號(?:風球|波|風|熱帶|(?:西北|東北|東南|西南)?烈風|暴風)',
  '(?<![a-z])(?:t|typhoon |signal )(?:signal )?(?:no\\.? ?)?(?:1|3|8|9|10)(?![\\d:/.]|[ap]m)(?: signal)?|(?<![a-z])(?:no\\.?|number|#) ?\\d{1,2}(?: (?:typhoon|signal))?(?![\\d:/.])|(?<![a-z\\d])\\d{1,2} ?(?:號)?(?:typhoon )?signal',
  // rounds, floors, rooms, scores, ranks, ratios
  '(?:1st|2nd|3rd|4th|first|second|third|final|last) (?:round|intv|intvw|int|interviews?|cand(?:idate)?s?|stage|floor|choice|time|chance|offer|reminder|call|shift|day|batch|test|trial|visit|floor|person|one|guy|girl|lady|cv|cvs|applicant|slot|option)(?![a-z])(?! of)',
  '(?<![a-z])(?:top|first|last|next|best) \\d{1,2}(?![\\d:/.]| ?(?:days?|weeks?|wks?|months?|mths?|hours?|hrs?|mins?|[ap]m|th|nd|st|rd|nov|dec|jan|feb))',
  '(?:1st|2nd|3rd|final) years?(?![a-z])',
  '\\d{1,2} ?(?:/f|樓(?!面)|/fl)(?![a-z])',
  '(?<![a-z])(?:room|rm|flat|shop|unit|gate|exit|counter|bus|route|line|table|level|lv|grade|band|ielts|step|phase|part|version|option|slot|ticket|queue|page|section|block|blk|tower|no\\.?|#) ?#?\\d{1,4}[a-z]?(?![\\d:/.]|[ap]m)',
  '(?<![\\d/])(?:24/7|24x7|7-11|711|50/50|50-50|9-5|9-to-5|9 to 5|996|007|5/f)(?![\\d/])(?! ?(?:pm|點))',
  '第[一二三四五六七八九十\\d]{1,3}(?:輪|關|次|個(?!星期|禮拜|月)|間|位|名|批|階段|期|份|日返工)',
  '\\d{1,2}(?:\\.\\d)? ?(?:out of|/) ?(?:100|20)(?!\\d)',
  '(?<![\\d:/.點時搭零遲早])\\d{1,3}(?:\\.\\d+)? ?(?:%|percent|pct|pts?\\b|points?|marks?|stars?|pax|heads?|ppl|people|persons?|candidates?|staff|slots?|vacanc(?:y|ies)|openings?|applicants?|cvs?|interviews?|km|kg|lb|sq ?ft|呎|磅|公斤|人|位|名(?!單)|個人|隻|間|份|封|張|條|件|杯|箱|分(?!鐘|[後到前半內])|成)(?![a-z])',
  '(?<![點時零遲早一二兩三四五六七八九十\\d])(?:[一二兩三四五六七八九十]{1,2}|\\d{1,2})分半?(?:滿|嘅|的|[;；,，。])',
];

export const NOTHING_RULES: readonly Rule[] = NOTHING.map((source) => word('nothing', source));
