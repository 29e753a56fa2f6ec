import { type MissingPiece, missingForStart } from '../../recruiting/organisation/missing-for-start.ts';
import { defineCommand } from '../command.ts';
import { inLanguage, say, type Texts } from '../replies/said.ts';
import { ORGANISATION_WORDS } from './set-organisation.ts';

/** What is still missing before the first candidate. */
export const readiness = defineCommand({
  name: 'readiness',
  aliases: {
    hant: ['我可以開始未', '可以開始未', '準備好未', '仲欠咩', '還欠甚麼', '欠咩資料', '設定進度'],
    en: ['can i start', 'am i ready', 'what is missing', 'setup status'],
  },
  summary: say('查看開始使用前還欠哪些設定。', 'List what is still missing before you can start.'),
  usage: say('我可以開始未', 'can I start'),
  examples: ['我可以開始未', 'can I start'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_organisation',
  surface: 'any',
  takes: {},
  async action({ unit }) {
    const { needed, advised } = await missingForStart(unit);
    return {
      text: (lang) => {
        const rows = (pieces: readonly MissingPiece[]): string[] =>
          pieces.map((piece) => `· ${inLanguage(pieceText(piece), lang)}`);
        if (needed.length === 0 && advised.length === 0) {
          return inLanguage(
            say('可以開始了！輸入「幫助」可看指令。', 'You can start! Type "help" for commands.'),
            lang,
          );
        }
        const head =
          needed.length === 0
            ? say('可以開始了！', 'You can start!')
            : say(
                `未可以開始，還欠 ${needed.length} 項：`,
                `Not yet: ${needed.length} thing${needed.length === 1 ? ' is' : 's are'} missing:`,
              );
        const advice = say('建議補上：', 'Better to have:');
        return [
          inLanguage(head, lang),
          ...rows(needed),
          ...(advised.length > 0 ? [inLanguage(advice, lang), ...rows(advised)] : []),
        ].join('\n');
      },
    };
  },
});

function pieceText(missing: MissingPiece): Texts {
  switch (missing.piece) {
    case 'brand':
    case 'legalEntity':
    case 'officeAddress':
    case 'hrPhone':
    case 'dataLocation': {
      const { title, example, en } = ORGANISATION_WORDS[missing.piece];
      return say(`${title.hant}（例如：${example}）`, `${title.en} (type: ${en[0]} …)`);
    }
    case 'hrGroup':
      return say('HR 群組（在群組內輸入：@我 設定HR群組）', 'the HR group (type in that group: set hr group)');
    case 'branch':
      return say(
        '分店（例如：設定分店 MK 旺角店 地址 旺角彌敦道700號，或在一對一對話傳送 CSV）',
        'branches (type: set branch MK … address …, or send a CSV in our 1:1 chat)',
      );
    case 'branchManager':
      return say(
        `分店經理：${missing.names.join('、')}（例如：設定分店 MK 經理 何家明）`,
        `managers of ${missing.names.join(', ')} (type: set branch MK manager …)`,
      );
    case 'branchLandmark':
      return say(
        `短訊用的地標：${missing.names.join('、')}（例如：設定分店 MK 地標 旺角站E2）`,
        `landmarks for SMS of ${missing.names.join(', ')} (type: set branch MK landmark …)`,
      );
    case 'managerSuperior':
      return say(
        `上司：${missing.names.join('、')}（例如：設定同事 何家明 上司 李美華）`,
        `superiors of ${missing.names.join(', ')} (type: set staff … superior …)`,
      );
    case 'recruiter':
      return say(
        '招聘主任（例如：設定同事 staff:0123 招聘主任）',
        'a recruiter (type: set staff staff:0123 recruiter)',
      );
    default:
      return say(
        '職位空缺（例如：開職位 店務員 3人 旺角店）',
        'a vacancy (type: open vacancy Cashier 3 people Mong Kok)',
      );
  }
}
