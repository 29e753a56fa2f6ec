import { describe, expect } from 'vitest';
import { hearWords } from '../../bot/candidate-words/hear-words.ts';
import { commit } from '../../recruiting/unit/commit.ts';
import type { ConversationOffice } from './office.ts';
import { applicationOf, interviewOf, peopleOf } from './people-spoken-of.ts';
import { test } from './shared-office.ts';

let count = 0;

/** 陳家欣 answers the newest message of this kind by SMS; without one she writes of her own accord. */
async function answers(office: ConversationOffice, text: string, template?: string): Promise<void> {
  const candidateId = 'cand_A1003';
  count += 1;
  const [item] = template
    ? await office.office.models.outbox
        .find({ recipient: `candidate:${candidateId}`, what: template })
        .sort({ createdAt: -1, order: -1 })
        .limit(1)
        .lean()
    : [];
  const words = {
    candidateId,
    channel: 'sms' as const,
    text,
    eventId: `dialogue-${count}`,
    ...(template ? { replyTo: { template, itemId: item?._id ?? 'none' } } : {}),
  };
  await office.act(() =>
    commit(office.office, `candidate:${candidateId}`, async (unit) => void (await hearWords(unit, words))),
  );
}

const stopped = async (office: ConversationOffice): Promise<Date | null> =>
  (await office.office.models.candidates.findById('cand_A1003').lean())?.choices.allStoppedAt ?? null;

describe('a candidate writes, and HR goes on from there', () => {
  test('she asks for another day; HR reads the wish and moves 佢', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約 陳家欣 26/11 10:00');
    await office.passes('PT5M');
    await answers(office, '可唔可以改星期五下晝', 'interview_invitation');
    office.hr.sees(/想改期（提出：11月27日（星期五）下午2時至下午6時）[\s\S]*可唔可以改星期五下晝/);
    expect(await interviewOf(office, '陳家欣')).toBe('11-26 10:00');
    await office.hr.says('陳家欣點呀');
    office.hr.sees('對方要求改期');
    await office.hr.says('改佢去星期五3點');
    office.hr.sees('已約 陳家欣 於11月27日（星期五）下午3時');
    expect(await interviewOf(office, '陳家欣')).toBe('11-27 15:00');
    await answers(office, '好呀 準時到', 'rescheduled');
    const interview = await office.office.models.interviews.findOne({ state: 'scheduled' }).lean();
    expect(interview?.candidateReply).toBe('attend');
  });

  test('she cannot come; the interview is off, and HR arranges another', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約 陳家欣 26/11 11:30');
    await office.passes('PT5M');
    await answers(office, '唔好意思嗰日要返學 去唔到', 'interview_invitation');
    office.hr.sees('不出席');
    expect(await interviewOf(office, '陳家欣')).toBeUndefined();
    await office.hr.says('約返佢星期六11點');
    expect(await interviewOf(office, '陳家欣')).toBe('11-28 11:00');
  });

  test('she will be late; the manager hears it and moves the interview', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約 陳家欣 26/11 16:30');
    await office.passes('PT5M');
    await answers(office, '塞緊車 遲15分鐘到', 'interview_invitation');
    office.manager.sees('陳家欣** 會遲到約15分鐘，預計下午4時45分到');
    expect(await interviewOf(office, '陳家欣')).toBe('11-26 16:30');
    await office.manager.says('推佢去5點');
    office.manager.sees('是哪位應徵者？');
    await office.manager.says('ok');
    office.manager.sees('已約 陳家欣 於11月26日（星期四）下午5時');
    expect(await interviewOf(office, '陳家欣')).toBe('11-26 17:00');
  });

  test('she has found work and wants nothing more: nothing more leaves, and HR closes the matter', async ({
    office,
  }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約 陳家欣 27/11 10:30');
    await office.passes('PT5M');
    await answers(office, '唔使再搵我喇 我搵到工', 'interview_invitation');
    office.hr.sees('已停止接收所有訊息');
    expect(await stopped(office)).not.toBeNull();
    await office.hr.says('退出 A1003');
    if (office.hr.heard().join('\n').includes('請確認')) await office.hr.says('確認');
    expect(await office.stageOf('陳家欣')).toBe('withdrawn');
    await office.hr.says('陳家欣點');
    office.hr.sees('退出');
  });

  test('stories may stop while she still comes', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約 陳家欣 28/11 14:00');
    await office.passes('PT5M');
    await answers(office, '星期六我會到,不過啲故事仔唔好再send俾我', 'interview_invitation');
    expect(await stopped(office)).toBeNull();
    await office.hr.says('陳家欣覆咗未?');
    office.hr.sees(/面試：11月28日（星期六）下午2時，對方(?:已確認|會)/);
    expect(await interviewOf(office, '陳家欣')).toBe('11-28 14:00');
  });

  test('she is angry; a person gets it with a case, HR phones and records the call', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'passed' });
    await answers(office, '等咗成個月都冇消息 請人定玩人呀');
    office.hr.sees(/表示不滿。已開個案K\d+/);
    office.hr.sees('請人定玩人呀');
    await office.hr.says('打咗俾陳家欣');
    office.hr.sees('結果如何？');
    await office.hr.says('會上班');
    office.hr.sees('已記錄致電 陳家欣：會上班');
    expect((await applicationOf(office, '陳家欣')).stage).toBe('passed');
  });

  test('her brother answers on her phone: nothing changes, HR reads it and asks her', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約 陳家欣 27/11 17:00');
    await office.passes('PT5M');
    await answers(office, '我係佢阿哥,佢留低咗部電話喺屋企', 'interview_invitation');
    office.hr.sees('我係佢阿哥');
    expect(await interviewOf(office, '陳家欣')).toBe('11-27 17:00');
    await office.hr.says('陳家欣覆咗未');
    office.hr.sees('對方未回覆');
  });
});
