import { RuleBroken } from '../../lib/errors.ts';
import { phoneFor } from '../../recruiting/access/fields.ts';
import { addCandidate } from '../../recruiting/candidate/add-candidate.ts';
import { titleOf } from '../../recruiting/candidate/plan-import.ts';
import { type Choice, defineCommand } from '../command.ts';
import { inLanguage, say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';

/** Forms of address from which a person may choose. */
export const TITLE_CHOICES: readonly Choice[] = [
  { id: '先生', title: say('先生', 'Mr'), aliases: ['mr', 'mr.'] },
  { id: '小姐', title: say('小姐', 'Miss'), aliases: ['miss'] },
  { id: '女士', title: say('女士', 'Ms'), aliases: ['ms', 'ms.'] },
  { id: '太太', title: say('太太', 'Mrs'), aliases: ['mrs', 'mrs.'] },
  { id: '同學', title: say('同學', 'student'), aliases: ['student'] },
];

/** Adds one candidate with an application. */
export const addCandidateCommand = defineCommand({
  name: 'add_candidate',
  aliases: {
    hant: ['新增應徵者', '加應徵者', '新增候選人', '新應徵者', '登記應徵者', '加人', '新增申請'],
    en: ['add candidate', 'new candidate', 'add applicant', 'new applicant'],
  },
  summary: say('新增一位應徵者。', 'Add a candidate.'),
  usage: say(
    '新增應徵者 〈姓名〉 〈電話〉 〈電郵〉 〈職位或編號〉 稱謂 〈小姐等〉 來源 〈渠道〉',
    'add candidate <name> <phone> <e-mail> <job or number> title <Miss …> source <channel>',
  ),
  examples: [
    '新增應徵者 陳家欣 9123 4567 店務員 稱謂 小姐 來源 OpenRice',
    '新增應徵者 陳家欣、9123 4567、kelly@example.com、R101',
    'add candidate Kelly Ng 9123 4567 R101',
  ],
  changes:
    'Adds the person (C…) and the application (A…). After the time to undo, the candidate gets `application_received`.',
  permission: 'add_candidate',
  surface: 'any',
  takes: {
    source: {
      kind: 'text',
      title: say('來源', 'source'),
      optional: true,
      labels: ['來源', '渠道', 'source', 'via'],
      labelled: true,
    },
    title: {
      kind: 'choice',
      title: say('稱謂', 'title'),
      optional: true,
      labels: ['稱謂', '稱呼', 'title'],
      labelled: true,
      choices: TITLE_CHOICES,
    },
    another: {
      kind: 'choice',
      title: say('同名另一人', 'another person'),
      optional: true,
      choices: [{ id: 'another', title: say('另一人', 'another person'), aliases: ['同名另一人', '唔同人', '不同人'] }],
    },
    email: { kind: 'email', title: say('電郵', 'e-mail'), optional: true, labels: ['電郵', 'email', 'e-mail'] },
    phone: {
      kind: 'phone',
      title: say('電話', 'phone'),
      optional: true,
      labels: ['電話', '手機', 'phone', 'mobile', 'tel'],
    },
    requisition: { kind: 'requisition', title: say('職位', 'vacancy'), labels: ['職位', 'job', 'vacancy'] },
    name: {
      kind: 'text',
      title: say('姓名', 'name'),
      labels: ['姓名', 'name'],
      question: say('請問應徵者的姓名是？', "What is the candidate's name?"),
    },
  },
  async action({ unit, asker, conversation }, args) {
    const name = args.name
      .replace(/[、,，;；]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (!args.phone && !args.email) throw new RuleBroken('candidate_contact_missing', { name });
    const { candidate, application, isNew } = await addCandidate(
      unit,
      {
        name,
        phone: args.phone ?? null,
        email: args.email ?? null,
        source: args.source ?? null,
        title: args.title ? titleOf(args.title) : null,
      },
      args.requisition,
      { sameNameIsAnother: args.another !== undefined },
    );
    const phone = phoneFor(candidate.phone, asker.roles, conversation.kind === 'group' ? 'group' : 'direct');
    const by = application.promise?.by;
    return {
      text: (lang) =>
        inLanguage(
          say(
            `已新增${candidate.name.display}（${candidate.ref}），應徵「${args.requisition.jobTitle}」（${application.ref}）${phone ? `，電話 ${phone}` : ''}。${isNew ? '' : '對方之前已有紀錄，已沿用。'}\n我會發出「已收到申請」訊息${by ? `，承諾${staffDate(by, lang)}或之前回覆` : ''}。下一步：入圍 ${application.ref}`,
            `Added ${candidate.name.display} (${candidate.ref}) for "${args.requisition.jobTitle}" (${application.ref})${phone ? `, phone ${phone}` : ''}.${isNew ? '' : ' The person was on record already.'}\nThe acknowledgement goes out after that${by ? ` and promises an answer by ${staffDate(by, lang)}` : ''}. Next: shortlist ${application.ref}`,
          ),
          lang,
        ),
      did: `新增應徵者 ${candidate.name.display}`,
    };
  },
  remedy: say(
    '如資料有誤，可輸入「退出 〈編號〉」結束申請，再重新新增。',
    'If something is wrong, withdraw the application and add it again.',
  ),
});
