/**
 * The register of all slots: their Chinese names, the record field each comes from, who can supply it when it is missing,
 * and whose words it holds. `docs/slots.md` is made from it.
 */

/** Who can put a missing value right. */
export type Supplier = 'HR' | '人力資源主管' | '經理' | '應徵者' | '系統';

/**
 * Whose words a slot holds: `company` = free text of the employer, checked by the wording linter like our own sentences;
 * `others` = names, addresses and other people's words, left alone; `form` = made by the renderer from typed values.
 */
export type SlotWords = 'company' | 'others' | 'form';

/** One slot as the register knows it. */
export interface SlotEntry {
  /** Names that may stand in a text instead: {{姓名}}, {{職位}}. */
  aliases: readonly string[];
  /** Collection and field, or the act that brings it. */
  source: string;
  supplier: Supplier;
  words: SlotWords;
  /** Longest value in UTF-16 units; SMS depend on it. */
  maxLength?: number;
  /** How the value must end in front of a line break or as a title. */
  ending?: 'sentence' | 'title' | 'open';
}

const slot = (
  source: string,
  supplier: Supplier,
  words: SlotWords,
  aliases: readonly string[] = [],
  more: Pick<SlotEntry, 'maxLength' | 'ending'> = {},
): SlotEntry => ({ aliases, source, supplier, words, ...more });

const OPEN = { ending: 'open' } as const;

/** Every slot any template may use, by name. */
export const SLOT_REGISTER: ReadonlyMap<string, SlotEntry> = new Map(
  Object.entries({
    salute: slot('candidates.name (title chosen, preferred name typed by the person)', '應徵者', 'others', [
      '姓名',
      '稱呼',
    ]),
    brand: slot('organisation.brand', '人力資源主管', 'others', ['品牌', '公司']),
    job: slot('requisitions.jobTitle', 'HR', 'others', ['職位']),
    ref: slot('applications.ref', '系統', 'others', ['申請編號']),
    hr_name: slot('staff (recruiter of the requisition or owner of the plan)', 'HR', 'others', ['負責同事', '聯絡人']),
    hr_phone: slot('organisation.hrPhone', '人力資源主管', 'form', ['查詢電話']),
    reply_by: slot('promise, interview or intake: the date promised or asked for', 'HR', 'form', ['回覆期限']),
    by_short: slot('reply_by', '系統', 'form'),
    dt: slot('interviews.startAt, intakes.firstDayAt', 'HR', 'form', ['日期時間']),
    dt_short: slot('dt, time_hm or old_dt', '系統', 'form'),
    time_hm: slot('interviews.startAt, intakes.firstDayAt, applications.startAt', 'HR', 'form', ['時間']),
    time_short: slot('time_hm', '系統', 'form'),
    day: slot('time_hm or dt, and the moment of sending', '系統', 'form'),
    meet: slot('time_hm, and the moment of sending', '系統', 'form'),
    just_now: slot('called_at, and the moment of sending', '系統', 'form'),
    called_at: slot('callTasks.attempts.at', '系統', 'form'),
    place: slot('branches.address, intakes.place; 視像面試 or 電話面試', 'HR', 'others', ['地點']),
    place_short: slot('branches.shortName, intakes.placeShort; 視像 or 電話', 'HR', 'others', [], { maxLength: 8 }),
    landmark: slot('branches.landmark', 'HR', 'others', ['地標'], { maxLength: 8 }),
    interviewer: slot('staff (interviews.interviewerIds)', 'HR', 'others', ['接見同事']),
    minutes: slot('interviews.minutes', 'HR', 'form'),
    slots: slot('the times the manager opened', '經理', 'form', ['可選時段']),
    early_min: slot('settings.arriveEarlyMinutes', '人力資源主管', 'form'),
    bring: slot('the requisition or the manager: what to bring', 'HR', 'company', ['攜帶物品']),
    old_dt: slot('interviews.startAt before the change', '系統', 'form', ['原定時間']),
    reason: slot('the act that moved or cancelled it', 'HR', 'form', ['原因']),
    next_step: slot('applications.stage', 'HR', 'company', ['下一步'], OPEN),
    next_date: slot('intakes.firstDayAt', 'HR', 'form'),
    days_left: slot('waitingPlans.firstDayAt', '系統', 'form'),
    tips: slot('settings.tips', '人力資源主管', 'company', ['貼士']),
    story_title: slot('settings.story.title', 'HR', 'company', [], { ending: 'title' }),
    story_teaser: slot('settings.story.teaser', 'HR', 'company', [], { maxLength: 60, ending: 'sentence' }),
    story_link: slot('portal link, made when sent', '系統', 'form'),
    news_title: slot('news.title', 'HR', 'company', [], { ending: 'title' }),
    news_summary: slot('news.summary', 'HR', 'company', [], { maxLength: 60, ending: 'sentence' }),
    news_link: slot('portal link, made when sent', '系統', 'form'),
    date_range: slot('intakes.firstDayAt, intakes.lastDayAt', 'HR', 'form', ['培訓日期']),
    old_range: slot('the intake before the change', '系統', 'form'),
    outline: slot('intakes.outline', 'HR', 'company', ['培訓內容']),
    pay_note: slot('intakes.payNote', 'HR', 'company'),
    sent_date: slot('outbox.doneAt of the notice', '系統', 'form'),
    store: slot('branches.name', '經理', 'others', ['分店']),
    store_addr: slot('branches.address', '人力資源主管', 'others', ['分店地址']),
    manager: slot('staff (branches.managerStaffId)', '人力資源主管', 'others', ['負責人']),
    start_date: slot('applications.startAt', 'HR', 'form', ['上班日期']),
    check_items: slot('the check that was agreed', 'HR', 'company'),
    check_parties: slot('the check that was agreed', 'HR', 'company'),
    pay: slot('the approved offer', '人力資源主管', 'form', ['薪金']),
    wage_period: slot('the approved offer', '人力資源主管', 'form'),
    ot_allow: slot('the approved offer; 不設 when there is none', '人力資源主管', 'company', [], OPEN),
    year_end: slot('the approved offer; 不設 when there is none', '人力資源主管', 'company', [], OPEN),
    probation: slot('the approved offer; 不設 when there is none', '人力資源主管', 'company', ['試用期'], OPEN),
    hours: slot('the approved offer', '人力資源主管', 'company', ['工作時間'], OPEN),
    notice: slot('the approved offer', '人力資源主管', 'company', ['通知期'], OPEN),
    offer_link: slot('portal link, made when sent', '系統', 'form'),
    doc_by: slot('applications.startAt', 'HR', 'form'),
    docs: slot('documents still missing', 'HR', 'form'),
    positive: slot('the one positive sentence HR writes for the letter', 'HR', 'company', [], OPEN),
    purge_date: slot('candidates.purgeAfter', '系統', 'form'),
    pool_until: slot('talent pool: end of the agreed time', '系統', 'form'),
    dress: slot('settings.dress', '人力資源主管', 'company', ['衣着'], OPEN),
    warning: slot('weather signal', 'HR', 'form'),
    warning_short: slot('warning', '系統', 'form'),
    event: slot('what was cancelled', 'HR', 'form'),
    new_plan: slot('the act that cancelled it', 'HR', 'company', [], OPEN),
    stage: slot('applications.stage', '系統', 'form', ['進度']),
    waiting_for: slot('applications and intakes', '系統', 'form'),
    next_update: slot('settings.progressEveryDays', '系統', 'form'),
    call_summary: slot('callTasks.attempts.note, checked by the caller', 'HR', 'company', [], {
      maxLength: 60,
      ending: 'open',
    }),
    action: slot('callTasks.attempts: next step', 'HR', 'company', [], OPEN),
    followup_by: slot('callTasks.attempts.nextAt', 'HR', 'form'),
    scope: slot('the switch that was turned', '系統', 'form'),
    meet_date: slot('the talk after the first month', '經理', 'form'),
    probation_end: slot('the employment', 'HR', 'form'),
    confirm_date: slot('the confirmation', 'HR', 'form'),
    letter_link: slot('portal link, made when sent', '系統', 'form'),
    old_by: slot('applications.promise.by before the delay', '系統', 'form'),
    what: slot('applications.promise.what', '系統', 'form'),
    topic: slot('the case', '系統', 'form'),
    case_no: slot('the case', '系統', 'others', ['個案編號']),
    owner: slot('staff (the case)', '人力資源主管', 'others'),
    due: slot('the case', '系統', 'form'),
    eta: slot('what the person wrote', '應徵者', 'form'),
    portal: slot('portal link, made when sent', '系統', 'form', ['專頁']),
    pics_link: slot('portal link, made when sent', '系統', 'form', ['聲明']),
    link: slot('portal link, made when sent', '系統', 'form'),
    sms_sender: slot('organisation.smsSender', '人力資源主管', 'others'),
    title: slot('the e-mail subject of the message', '系統', 'form'),
    legal_entity: slot('organisation.legalEntity', '人力資源主管', 'others'),
    office_addr: slot('organisation.officeAddress', '人力資源主管', 'others'),
  }),
);

/** Slot name by Chinese alias. */
export const SLOT_ALIASES: ReadonlyMap<string, string> = new Map(
  [...SLOT_REGISTER].flatMap(([name, { aliases }]) => aliases.map((alias): [string, string] => [alias, name])),
);

/** Slots whose value is an address made when the message is rendered. */
export const LINK_SLOTS: ReadonlySet<string> = new Set([
  'link',
  'portal',
  'pics_link',
  'story_link',
  'news_link',
  'offer_link',
  'letter_link',
]);
