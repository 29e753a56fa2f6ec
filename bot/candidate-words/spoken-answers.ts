import type { WordsAct, WriteOutcome } from '../../recruiting/portal/write-to-hr.ts';
import { lines, type Said, say } from '../replies/said.ts';

const STOPPED = say(
  '已為您停止有關訊息。與已約定日子有關的必要通知仍會發出。',
  'These messages have been stopped. Notices needed for dates already agreed will still reach you.',
);
const ALL_STOPPED = say(
  '已停止向您發送所有訊息，您的申請不受影響。',
  'All messages to you have been stopped. Your application is not affected.',
);

const BY_PHONE = say('已請同事致電給您。', 'A colleague will phone you.');

/** What a candidate in DingTalk reads at once; `null`: a message of its own says it. */
const ANSWERS: Readonly<Record<WordsAct, Said | null>> = {
  attend: say('已確認您會出席面試，到時見。', 'Your interview is confirmed. See you then.'),
  decline: say(
    '已取消這次面試，多謝您告訴我們。您的申請仍然有效。',
    'This interview is called off; thank you for telling us. Your application goes on.',
  ),
  reschedule: say(
    '已告訴負責同事您想改期，同事會聯絡您。未改之前，原定時間仍然有效。',
    'The colleague in charge knows that you would like another time and will contact you. Until then the time stands.',
  ),
  late: say(
    '已通知同事您會遲到，路上請注意安全。',
    'Your colleagues know that you will be late. Take care on the way.',
  ),
  attend_training: say('已確認您會出席培訓，到時見！', 'Your training is confirmed. See you then!'),
  cannot_attend_training: say(
    '已收到，同事會致電與您另作安排。',
    'Noted. A colleague will phone you to find another date.',
  ),
  attend_first_day: say(
    '已記錄您會準時上班，到時見！',
    'Noted that you will be there on your first day. See you then!',
  ),
  offer_by_phone: say(
    '聘書須由同事與您確認，已請同事致電給您。',
    'An offer is confirmed with a person: a colleague will phone you.',
  ),
  keep_waiting: say('多謝您！一有新安排，我們會立即通知您。', 'Thank you! We will tell you as soon as there is news.'),
  withdrawal_wish: say(
    '已告訴負責同事您想退出申請，同事會與您確認。',
    'The colleague in charge knows that you would like to withdraw, and will confirm it with you.',
  ),
  call: BY_PHONE,
  case: null,
  answered: null,
  noted: say('收到，多謝您。', 'Noted, thank you.'),
  told: say(
    '收到，謝謝您。負責的人力資源同事會回覆您。',
    'Thank you, we have received it. The HR colleague in charge will answer you.',
  ),
};

/** The answer to a member's words; undefined when messages say everything. */
export function spokenAnswer({ stopped, acts }: WriteOutcome): Said | undefined {
  const parts = [
    ...(stopped ? [stopped === 'all' ? ALL_STOPPED : STOPPED] : []),
    ...acts.flatMap((act) => ANSWERS[act] ?? []),
  ];
  return parts.length > 0 ? lines(...parts) : undefined;
}
