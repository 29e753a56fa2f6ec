import type { ArgumentKind } from '../command.ts';
import { say, type Texts } from './said.ts';

/** What the robot asks for a missing argument, by its kind, unless the command has a question of its own. */
export const DEFAULT_QUESTIONS: Readonly<Record<ArgumentKind, Texts>> = {
  application: say(
    '是哪位應徵者？請回覆姓名或編號（例如 A1003）。',
    'Which candidate? Please reply with a name or number (such as A1003).',
  ),
  candidate: say(
    '是哪位應徵者？請回覆姓名或編號（例如 C1003）。',
    'Which candidate? Please reply with a name or number (such as C1003).',
  ),
  requisition: say(
    '是哪個職位？請回覆職位名稱或編號（例如 R101）。',
    'Which vacancy? Please reply with its title or number (such as R101).',
  ),
  branch: say('是哪間分店？請回覆分店名稱或代號。', 'Which branch? Please reply with its name or code.'),
  staff: say('是哪位同事？請回覆姓名。', 'Which colleague? Please reply with a name.'),
  staffId: say(
    '請回覆同事的釘釘 staffId（例如 staff:0123）。',
    'Please reply with the DingTalk staffId (such as staff:0123).',
  ),
  intake: say(
    '是哪一期培訓？請回覆編號（例如 T2612）。',
    'Which intake? Please reply with its number (such as T2612).',
  ),
  moment: say('請問約哪日、幾點？例如「聽日下午3點半」。', 'Which day and time? For example "tomorrow 3:30pm".'),
  date: say(
    '請問是哪一日？例如「1/12」或「下星期一」。',
    'Which day? For example "1/12" (day/month) or "next Monday".',
  ),
  number: say('請問數目是多少？', 'What number, please?'),
  phone: say('請問電話號碼是？', 'What is the telephone number?'),
  email: say('請問電郵地址是？', 'What is the e-mail address?'),
  text: say('請輸入內容。', 'Please type the text.'),
  choice: say('請選擇其中一項。', 'Please choose one.'),
};
