import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { IntentFrame } from '../understand/intents.ts';
import type { QuickReply, Reply } from './reply.ts';
import { inLanguage, type Said, say } from './said.ts';
import { understoodAs } from './understood.ts';

/** Answers a wish that was understood but that the robot cannot carry out: what was understood, that nothing was done, the way on. */
export function notYet(
  frame: IntentFrame,
  restore: (text: string) => string,
  why: Said,
  way: Said,
  quickReplies: QuickReply[] = [],
): Reply {
  return {
    text: (lang) => {
      const understood = understoodAs(frame, lang, restore);
      const because = inLanguage(why, lang).replace(/。$/u, '，');
      const head = say(
        `明白您想：${understood}。\n${because}所以未有執行。`,
        `I understand: ${understood}.\n${inLanguage(why, lang)} Nothing has been done.`,
        `明白您想：${understood}。\n${because}所以未有执行。`,
      );
      return `${inLanguage(head, lang)}\n${inLanguage(way, lang)}`;
    },
    ...(quickReplies.length > 0 ? { quickReplies } : {}),
  };
}

/** Names of those who can do by hand what the robot cannot; the asker is not named to himself. */
export async function whoCan(reader: Reader, asker: StaffRecord): Promise<string> {
  const managers = await reader.list('staff', { roles: 'hr_manager', active: true }, { limit: 3 });
  return managers
    .filter(({ _id }) => _id !== asker._id)
    .map(({ name }) => name)
    .join('、');
}
