import type { ComplianceFlag, Intent, IntentFrame } from '../understand/intents.ts';
import { inLanguage, type Lang, lines, type Said, say, type Texts } from './said.ts';

/** What a ground is called in plain words. */
export const GROUND_TITLES: Readonly<Record<ComplianceFlag, Texts>> = {
  SDO: say('性別、懷孕或婚姻狀況', 'sex, pregnancy or marital status'),
  DDO: say('殘疾或健康狀況', 'disability or health'),
  FSDO: say('照顧家人的責任', 'caring for family'),
  RDO: say('種族、原籍、宗教或口音', 'race, origin, religion or accent'),
  AGE: say('年齡', 'age'),
  HKID_EARLY: say('身份證資料', 'identity card details'),
  SENSITIVE: say('健康或家庭資料', 'health or family details'),
};

/** What the rule rests on; age has guidelines, no ordinance. */
const BASIS: Readonly<Partial<Record<ComplianceFlag, Texts>>> = {
  SDO: say('《性別歧視條例》', 'Sex Discrimination Ordinance'),
  DDO: say('《殘疾歧視條例》', 'Disability Discrimination Ordinance'),
  FSDO: say('《家庭崗位歧視條例》', 'Family Status Discrimination Ordinance'),
  RDO: say('《種族歧視條例》', 'Race Discrimination Ordinance'),
  AGE: say('勞工處《僱傭實務指引：消除年齡歧視》', "Labour Department's guidelines against age discrimination"),
};

/** What may be given instead, by what was ordered. */
const REASON = say(
  '請給我一個與工作有關的原因，例如「經驗不足」或「未能配合夜更」。',
  'Please give me a reason to do with the job, such as "not enough experience" or "cannot work late shifts".',
);
const FILTER = say(
  '請改用與工作有關的條件再輸入一次，例如「可返夜更」或「做過收銀」。',
  'Please send it again with a condition to do with the job, such as "can work late shifts" or "has been a cashier".',
);
const REQUIREMENT = say(
  '請改寫成工作要求再輸入一次，例如「要搬20公斤貨」或「可返夜更」。',
  'Please send it again with what the job needs, such as "must lift 20 kg" or "can work late shifts".',
);
const NOTE = say(
  '請改寫成工作上的事，例如「只可返早更」或「收銀未熟」。',
  'Please write what matters for the job, such as "mornings only" or "new to the till".',
);
const ASKED_INSTEAD: Readonly<Partial<Record<Intent, Texts>>> = {
  list: FILTER,
  shortlist: FILTER,
  status: FILTER,
  open_requisition: REQUIREMENT,
  schedule: FILTER,
  note: NOTE,
  score: NOTE,
  send_message: NOTE,
};

const HKID = say(
  '身份證號碼或副本要待應徵者接受聘用後才可收取（私隱專員《人力資源管理實務守則》），所以未有代您索取。現階段可改問：「是否可在香港合法工作？」；如要核對身份，可請對方面試時帶正本供查看，但不影印、不抄號碼。接受聘用後，系統會在安全頁面收取。',
  'An identity card number or copy may only be collected once the person has accepted the job (Code of Practice on Human Resource Management), so I have not asked for it. For now you can ask "Are you allowed to work in Hong Kong?", or look at the original at the interview without copying it or writing the number down. After acceptance it is collected on a secure page.',
);

/** The flags of a frame that stop it. */
export function stoppingFlags(frame: Pick<IntentFrame, 'entities'>): ComplianceFlag[] {
  return [frame.entities.compliance_flag ?? []].flat().filter((flag) => flag !== 'SENSITIVE');
}

/**
 * Why an order is not carried out as given, and what is asked for instead, in the asker's language. The person and the order
 * stay as they are: an answer such as 「經驗不足」 completes it where the order takes a reason or a note.
 */
export function complianceReply(frame: Pick<IntentFrame, 'intent' | 'entities'>, lang: Lang): string {
  return complianceSentence(frame.intent, stoppingFlags(frame), lang);
}

/** The same for words that were looked through by themselves (a reason on a card, an answer to a question). */
export function complianceSentence(intent: Intent, flags: readonly ComplianceFlag[], lang: Lang): string {
  const grounds = flags.filter((flag) => flag !== 'HKID_EARLY' && flag !== 'SENSITIVE');
  const early = flags.includes('HKID_EARLY') ? HKID : undefined;
  if (grounds.length === 0) return inLanguage(lines(early), lang);
  const titles = grounds.map((ground) => inLanguage(GROUND_TITLES[ground], lang));
  const bases = grounds.flatMap((ground) => BASIS[ground] ?? []).map((basis) => inLanguage(basis, lang));
  const why = say(
    `明白您的考慮，但${titles.join('、')}不能用來取捨應徵者（${bases.join('、')}），所以未有執行，這部分亦沒有儲存。`,
    `I see what you are weighing, but ${titles.join(' and ')} may not decide who is hired (${bases.join(', ')}), so nothing was done and that part was not stored.`,
  );
  const worked: Said = () => inLanguage(ASKED_INSTEAD[intent] ?? REASON, lang);
  return inLanguage(lines(why, worked, early), lang);
}

/** Beside an answer: what was left out of the stored words, and why. */
export const LEFT_OUT = say(
  '健康、家庭等私人資料沒有儲存，只記下工作上的安排（應徵者的私隱，亦與取捨無關）。',
  'Private details (health, family) were not stored, only what matters for the work: they are the candidate’s own affair and decide nothing.',
);

/** Nothing was left to store. */
export const NOTHING_LEFT = say(
  '這句只有健康、家庭等私人資料，所以沒有儲存。請寫下工作上的安排，例如「盡量排收銀」或「星期五前不要致電」。',
  'That held only private details (health, family), so it was not stored. Please write what it means for the work, such as "put at the till" or "no calls before Friday".',
);
