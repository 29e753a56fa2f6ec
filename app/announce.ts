import type { QuotaWarning } from '../channels/dingtalk/quota-book.ts';
import type { StreamGap } from '../channels/dingtalk/stream-receiver.ts';
import { dateTimeText, timeText } from '../hongkong/date-texts.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Office } from '../recruiting/unit/office.ts';

/** Tells the HR group from when to when nothing was heard: DingTalk does not send again what was typed in between. */
export async function announceGap(office: Office, gap: StreamGap): Promise<void> {
  await commit(office, 'job:stream', async (unit) => {
    unit.effect({
      kind: 'group_message',
      conversationId: 'hr',
      what: 'stream_gap',
      occasion: gap.from.toISOString(),
      callClass: 'urgent',
      body: {
        format: 'text',
        content: `連線曾經中斷：${dateTimeText(gap.from)}至${timeText(gap.to)}期間的訊息未有收到，請再發一次。卡片上的按鈕仍然有效。`,
      },
    });
  });
}

/** Tells the HR group that the month's allowance runs out, while something can still be done about it. */
export async function announceQuota(office: Office, warning: QuotaWarning): Promise<void> {
  const what = warning.meter === 'calls' ? 'API 調用' : '訊息';
  const { used, budget } = warning.forecast[warning.meter];
  const text =
    warning.level === 'spent'
      ? `本月釘釘${what}額度已用完（${used}/${budget}）。請改用電話聯絡，或向釘釘加購。`
      : `本月釘釘${what}額度已用${used}/${budget}，大量發送會延後，回覆及批核優先。`;
  await commit(office, 'job:quota', async (unit) => {
    unit.effect({
      kind: 'group_message',
      conversationId: 'hr',
      what: `quota_${warning.level}`,
      occasion: `${warning.meter}:${unit.now.toISOString().slice(0, 7)}`,
      callClass: 'urgent',
      body: { format: 'text', content: text },
    });
  });
}
