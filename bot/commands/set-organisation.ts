import {
  ORGANISATION_FIELDS,
  type OrganisationField,
  setOrganisationField,
} from '../../recruiting/organisation/organisation-fields.ts';
import { type AnyCommand, defineCommand } from '../command.ts';
import { say, type Texts } from '../replies/said.ts';

interface FieldWords {
  title: Texts;
  hant: readonly string[];
  en: readonly string[];
  example: string;
  use: string;
}

/** How people call what an organisation says of itself. */
export const ORGANISATION_WORDS: Readonly<Record<OrganisationField, FieldWords>> = {
  brand: {
    title: say('品牌名稱', 'brand'),
    hant: ['設定品牌', '設定品牌名稱'],
    en: ['set brand'],
    example: '設定品牌 金記茶餐廳',
    use: 'the name candidates read in every message',
  },
  legalEntity: {
    title: say('法定公司名稱', 'legal entity'),
    hant: ['設定法定名稱', '設定法定公司名稱', '設定公司名稱', '設定公司全名'],
    en: ['set legal entity', 'set company name'],
    example: '設定法定名稱 金記飲食有限公司',
    use: 'the employer named in e-mails and in the personal information collection statement',
  },
  officeAddress: {
    title: say('總辦事處地址', 'office address'),
    hant: ['設定辦事處地址', '設定總辦事處地址', '設定公司地址'],
    en: ['set office address'],
    example: '設定公司地址 香港旺角彌敦道700號10樓',
    use: 'the foot of e-mails',
  },
  hrPhone: {
    title: say('HR電話', 'HR telephone'),
    hant: ['設定HR電話', '設定人事部電話', '設定招聘電話'],
    en: ['set hr phone'],
    example: '設定HR電話 2123 4567',
    use: 'the number candidates can call',
  },
  smsSender: {
    title: say('短訊發送人名稱', 'SMS sender'),
    hant: ['設定短訊名稱', '設定短訊發送人'],
    en: ['set sms sender'],
    example: '設定短訊名稱 #KamKee',
    use: 'the registered sender name of SMS',
  },
  dataLocation: {
    title: say('資料存放地點', 'data location'),
    hant: ['設定資料存放地點', '設定資料地點'],
    en: ['set data location'],
    example: '設定資料存放地點 香港',
    use: 'where personal data lie, printed in the personal information collection statement',
  },
};

function fieldCommand(field: OrganisationField): AnyCommand {
  const { title, hant, en, example, use } = ORGANISATION_WORDS[field];
  return defineCommand({
    name: `set_${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
    aliases: { hant, en },
    summary: say(`設定${title.hant}。`, `Set the ${title.en}.`),
    usage: say(`${hant[0]} 〈${title.hant}〉`, `${en[0]} <${title.en}>`),
    examples: [example],
    changes: `Sets ${use}. No message leaves.`,
    permission: 'manage_organisation',
    surface: 'any',
    takes: { value: { kind: 'text', title, question: say(`請輸入${title.hant}。`, `Please type the ${title.en}.`) } },
    async action({ unit }, { value }) {
      const organisation = await setOrganisationField(unit, field, value);
      const now = organisation[field] ?? value;
      return {
        text: say(`${title.hant}已設為「${now}」。`, `The ${title.en} is now "${now}".`),
        quickReplies: [{ label: say('還欠甚麼？', 'What is missing?'), sends: '我可以開始未' }],
        did: `設定${title.hant}`,
      };
    },
  });
}

/** One command per field. */
export const setOrganisationCommands: readonly AnyCommand[] = ORGANISATION_FIELDS.map(fieldCommand);
