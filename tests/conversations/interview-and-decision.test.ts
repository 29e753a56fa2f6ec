import { describe, expect } from 'vitest';
import { test } from './office.ts';

const MONDAY = '2026-11-23T10:00:00+08:00';

describe('from the shortlist to the decision', () => {
  test('a recruiter shortlists, meets a conflict, moves the interview; the manager decides on a card', async ({
    office,
  }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣');
    await office.hasApplication('李小明', 'shortlisted', { ref: 'A1004' });

    await office.hr.says('入圍 家欣');
    office.hr.sees('陳家欣 已入圍「店務員」。');
    office.hr.sees('11月26日（星期四）或之前');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');

    await office.hr.says('約 李小明 26/11 下午3點');
    office.hr.sees(/已約 李小明 於11月26日（星期四）下午3時第1次面試，地點：旺角店，約30分鐘，面試官：黃美玲/);

    // Gloria is busy then: nothing happens until somebody wants it all the same.
    await office.hr.says('約 家欣 星期四下午3點');
    office.hr.sees('時間有衝突，未有安排');
    office.hr.sees(/黃美玲：11月26日（星期四）下午3時.*李小明/);
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');

    await office.hr.presses('照約');
    office.hr.sees('已約 陳家欣 於11月26日（星期四）下午3時');
    expect(await office.stageOf('陳家欣')).toBe('interview');

    await office.passes('PT5M'); // the invitation has left
    await office.hr.says('改期 家欣 星期五上午11點 應徵者要求');
    office.hr.sees('改期通知會取代原定的11月26日（星期四）下午3時');

    // Friday noon: the interview is over, the clock closes it, the manager is asked.
    await office.passes('P4DT2H');
    office.manager.sees(/陳家欣/);
    office.manager.sees('等待決定');
    await office.manager.presses('不合適');
    office.manager.sees('請先填寫原因');
    await office.manager.presses('聘用');
    office.manager.sees('黃美玲 已決定：聘用');
    office.manager.sees('可輸入「復原」收回');
    expect(await office.stageOf('陳家欣')).toBe('passed');
    office.hr.sees(/黃美玲.*決定.*陳家欣.*聘用/);
    const presses = (await office.desk.log()).filter(({ name }) => name.includes('card/instances/callback'));
    expect(presses.length).toBeGreaterThan(0);
    for (const { ackMs } of presses) if (ackMs !== undefined) expect(ackMs).toBeLessThan(2_000);
    expect((await office.desk.log()).filter(({ violation }) => violation)).toEqual([]);
    expect(await office.office.models.waitingPlans.countDocuments()).toBe(1);
  }, 90_000);

  test('two managers are asked: the second sees who was faster, and what is taken back is asked again', async ({
    office,
  }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.office.models.candidateFiles.create({
      _id: 'file_cv',
      candidateId: 'cand_A1003',
      kind: 'cv',
      name: 'cv.pdf',
      mediaType: 'application/pdf',
      size: 5,
      sha256: '0'.repeat(64),
      content: Buffer.from('%PDF-'),
      addedAt: office.office.clock.now(),
      addedBy: 'staff:carmen',
    });
    await office.hr.says('約 家欣 今日下午2點');
    await office.passes('PT4H10M');
    // The interview began at two; Carmen closes it and asks both.
    await office.hr.says('面完 家欣 Gloria Ivan');
    office.hr.sees('決定卡已發給：黃美玲、何志偉');
    office.ivan.sees('等待決定');

    // The link to the CV is on the card of the one who asked for it, and its secret is kept nowhere.
    await office.ivan.presses('睇履歷');
    office.ivan.sees('履歷連結會在數秒內顯示在卡上');
    await office.passes('PT5S');
    office.ivan.sees(/\[開啟履歷\]\(http.*60分鐘內有效/);
    office.manager.doesNotSee('開啟履歷');
    const secret = /\/([\w-]{22})\)/.exec(office.ivan.heard().join())?.[1] ?? 'no link';
    expect(secret).not.toBe('no link');
    expect(JSON.stringify(await office.office.models.outbox.find().lean())).not.toContain(secret);
    expect(await office.office.models.portalLinks.find({ purpose: 'file' }).lean()).toMatchObject([
      { staffId: 'ivan', fileId: 'file_cv', candidateId: 'cand_A1003' },
    ]);

    await office.ivan.presses('聘用');
    office.ivan.sees('何志偉 已決定：聘用');
    office.manager.sees('何志偉 已決定：聘用');

    await office.ivan.says('復原');
    office.ivan.sees('已復原「決定 陳家欣 聘用」');
    office.ivan.sees('等待決定');
    office.manager.sees('決定已收回');
    office.manager.sees('等待決定');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');

    await office.manager.says('決定 家欣 再面試 想睇埋落場表現');
    office.manager.sees('已記錄您對 陳家欣 的決定：再面試');
    office.ivan.sees('黃美玲 已決定：再面試');
    office.hr.sees('想睇埋落場表現');
  }, 90_000);
});

describe('not suitable', () => {
  test('HR writes the one sentence on a card, sees the letter and when it goes, confirms, and can take it back', async ({
    office,
  }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('約 家欣 今日下午2點');
    await office.passes('PT5H');
    await office.manager.presses('不合適', { reason: '當值時間未能配合' });
    office.manager.sees('黃美玲 已決定：不合適');

    office.hr.sees('不會寫入信件');
    await office.hr.presses('預覽信件', { positive: '當值時間未能配合' });
    office.hr.sees('經理的內部原因不可寫入信件');
    await office.hr.presses('預覽信件', { positive: '耐心及親和力' });
    office.hr.sees('我們欣賞您的耐心及親和力');
    office.hr.sees('祝一切順利');
    office.hr.sees('將於11月23日（星期一）下午3時');
    office.hr.doesNotSee('當值時間');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');

    await office.hr.presses('確認');
    office.hr.sees('信件將於');
    expect(await office.stageOf('陳家欣')).toBe('rejected');

    await office.hr.says('復原');
    office.hr.sees('已復原「婉拒 陳家欣」');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
    await office.passes('PT5M');
    expect(await office.office.models.outbox.countDocuments({ what: 'rejection', state: 'done' })).toBe(0);

    // In words as well, with the letter shown before anything happens.
    await office.hr.says('婉拒信 家欣');
    office.hr.sees('請寫一個真心欣賞之處');
    await office.hr.says('您的耐心及親和力');
    office.hr.sees('我們欣賞您的耐心及親和力');
    await office.hr.presses('確認');
    office.hr.sees('已婉拒 陳家欣');
    await office.passes('PT5M');
    const [letter] = await office.office.models.outbox.find({ what: 'rejection', state: { $ne: 'dropped' } }).lean();
    expect(letter?.body).toContain('我們欣賞您的耐心及親和力');
    expect(letter?.body).not.toContain('當值');
  }, 90_000);

  test('without cards everything is answered by links and words', async ({ office }) => {
    await office.opens({ now: MONDAY, cards: false });
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('約 家欣 今日下午2點');
    await office.passes('PT5H');
    office.manager.sees(/請決定：陳家欣/);

    await office.manager.presses('不合適');
    office.manager.sees('請寫下對 陳家欣 選「不合適」的原因');
    await office.manager.says('當值時間未能配合');
    office.manager.sees('已記錄您對 陳家欣 的決定：不合適');

    office.hr.sees('婉拒信：陳家欣');
    await office.hr.presses('寫婉拒信');
    await office.hr.says('細心有禮');
    office.hr.sees('我們欣賞您的細心有禮');
    office.hr.sees('請確認或取消');
    await office.hr.presses('取消');
    office.hr.sees('已取消');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
    await office.hr.presses('寫婉拒信');
    await office.hr.says('細心有禮');
    await office.hr.says('確認');
    expect(await office.stageOf('陳家欣')).toBe('rejected');
  }, 90_000);
});

describe('a decision card cannot lie', () => {
  test('both press at the same moment, presses arrive twice, a card cannot be changed: one decision that all can read', async ({
    office,
  }) => {
    await office.opens({ now: MONDAY });
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('約 家欣 今日下午2點');
    await office.passes('PT4H10M');
    await office.hr.says('面完 家欣 Gloria Ivan');
    const cards = await office.office.models.cards.find({ kind: 'decision' }).lean();
    const press = (as: string, button: string, values = {}) =>
      office.desk.control('POST', '/press', {
        as,
        outTrackId: cards.find(({ staffId }) => staffId === as)?._id,
        button,
        values,
      });
    await office.desk.control('POST', '/faults', { path: '/v1.0/card/instances/callback', times: 4, duplicate: true });
    await office.desk.control('POST', '/faults', {
      path: '/v1.0/card/instances',
      method: 'PUT',
      times: 2,
      status: 400,
      body: { code: 'param.cardNotExist', message: 'card not exist' },
    });

    await office.act(() => Promise.all([press('gloria', 'hire'), press('ivan', 'reject', { reason: '當值未能配合' })]));

    const [request] = await office.office.models.decisionRequests.find({ state: 'decided' }).lean();
    const decider = request?.decidedBy === 'gloria' ? '黃美玲' : '何志偉';
    office.manager.sees(new RegExp(`${decider} 已決定`));
    office.ivan.sees(new RegExp(`${decider} 已決定`));
    expect(await office.office.models.waitingPlans.countDocuments()).toBe(request?.choice === 'hire' ? 1 : 0);
    expect(await office.office.models.acts.countDocuments({ name: 'decide' })).toBe(1);
    await office.passes('PT1M');
    expect((await office.desk.log()).filter(({ violation }) => violation)).toEqual([]);
  }, 120_000);
});
