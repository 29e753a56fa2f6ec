import { describe, expect } from 'vitest';
import { test } from './office.ts';

const MONDAY = '2026-11-23T10:00:00+08:00';

describe('consequential acts show who, what, when and which message will leave', () => {
  test('approve, offer and arrival', async ({ office }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣', 'shortlisted');

    await office.hr.says('批 家欣');
    office.hr.sees('尚未面試');
    await office.hr.says('約 家欣 今日下午2點');
    await office.hr.says('批 家欣');
    office.hr.sees('11月23日（星期一）下午2時，尚未舉行');
    await office.passes('PT4H15M');

    await office.hr.says('批 家欣');
    office.hr.sees('批准 陳家欣（A1003，店務員）通過面試');
    office.hr.sees('通過面試及歡迎資料');
    expect(await office.stageOf('陳家欣')).toBe('interview');
    await office.hr.presses('取消');
    office.hr.sees('已取消');
    expect(await office.stageOf('陳家欣')).toBe('interview');
    await office.hr.says('approve A1003');
    office.hr.sees('Approve 陳家欣');
    await office.hr.presses('Confirm');
    expect(await office.stageOf('陳家欣')).toBe('passed');

    await office.hr.says('聘書 家欣 已發 期限：26/11');
    office.hr.sees('回覆期限：11月26日（星期四）');
    office.hr.sees('期限前48及24小時');
    await office.hr.presses('確認');
    expect(await office.stageOf('陳家欣')).toBe('offer_sent');
    await office.hr.says('聘書 家欣 已接受 27/11');
    office.hr.sees('上班日期：11月27日（星期五）');
    await office.hr.presses('確認');
    expect(await office.stageOf('陳家欣')).toBe('offer_accepted');

    await office.hr.says('返咗工 家欣 27/11');
    office.hr.sees('到職日尚未到');
    await office.passes('P4D');
    await office.manager.says('返咗工 家欣');
    office.manager.sees('陳家欣 已到職');
    office.manager.sees('1／2 人已到職');
    expect(await office.stageOf('陳家欣')).toBe('arrived');
  }, 120_000);

  test('refusing somebody who was not interviewed, and calling an interview off', async ({ office }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣');
    await office.hasApplication('李小明', 'shortlisted', { ref: 'A1004' });

    await office.hr.says('唔要 家欣 經驗不足');
    office.hr.sees('內部原因（不會寫入信件）：經驗不足');
    office.hr.sees('很抱歉今次未能邀請您面試');
    office.hr.sees('將於11月23日（星期一）上午10時2分發出');
    await office.hr.presses('確認');
    expect(await office.stageOf('陳家欣')).toBe('rejected');

    await office.hr.says('約 小明 26/11 15:00 視像 45分鐘 面試官 Ivan');
    office.hr.sees(/視像面試，約45分鐘，面試官：何志偉/);
    await office.passes('PT5M');
    await office.hr.says('取消面試 小明');
    office.hr.sees('應徵者會看到這個原因');
    await office.hr.says('面試官有事');
    office.hr.sees('取消 李小明 於11月26日（星期四）下午3時的面試。原因：接見同事臨時有要務。');
    office.hr.sees('通知應徵者毋須前來');
    await office.hr.presses('確認');
    expect(await office.stageOf('李小明')).toBe('shortlisted');
    await office.hr.says('復原');
    expect(await office.stageOf('李小明')).toBe('interview');
    const calls = (await office.desk.log()).filter(({ name }) => name.includes('/calendar')).map(({ name }) => name);
    expect(calls.filter((name) => name.startsWith('POST')).length).toBeGreaterThanOrEqual(2); // made, removed, made again
    expect(calls.filter((name) => name.startsWith('DELETE'))).toHaveLength(1);

    await office.passes('P3D');
    await office.passes('PT5H20M');
    await office.hr.says('冇嚟 小明');
    office.hr.sees('已記錄 李小明 缺席面試');
    expect(await office.stageOf('李小明')).toBe('no_show');
  }, 120_000);
});

describe('what acts at once', () => {
  test('hold, withdraw and undo; who may not, may not', async ({ office }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣', 'shortlisted');

    await office.hr.says('擺住 家欣 下星期一 等佢考完試');
    office.hr.sees('已擱置 陳家欣 至11月30日（星期一）');
    await office.hr.says('取消擺住 家欣');
    office.hr.sees('已恢復處理 陳家欣');

    await office.hr.says('約 家欣 星期三上午11點');
    await office.hr.says('退出 家欣 已找到其他工作');
    office.hr.sees('已記錄 陳家欣 退出申請');
    expect(await office.office.models.interviews.findOne().lean()).toMatchObject({ state: 'cancelled' });
    await office.hr.says('復原');
    expect(await office.stageOf('陳家欣')).toBe('interview');
    expect(await office.office.models.interviews.findOne().lean()).toMatchObject({ state: 'scheduled' });
    await office.passes('PT5M');
    const messages = await office.office.models.outbox
      .find({ kind: 'candidate_message', applicationId: 'app_A1003' })
      .lean();
    const sent = messages.filter(({ deliveries }) => deliveries.some(({ sentAt }) => sentAt !== null));
    expect(sent.map(({ what }) => what).sort()).toEqual(['interview_invitation', 'portal_notice']);

    await office.ivan.says('聘書 家欣 已發');
    office.ivan.sees('權限');
    await office.cook.says('入圍 家欣');
    office.cook.doesNotSee('陳家欣 已入圍');
    expect(await office.stageOf('陳家欣')).toBe('interview');
  }, 120_000);
});
