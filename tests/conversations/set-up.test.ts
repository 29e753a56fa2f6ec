import { describe, expect } from 'vitest';
import { test } from './office.ts';

describe('a real organisation is set up by chat, from an empty database', () => {
  test('by commands, until the first candidate can be added', { timeout: 90_000 }, async ({ office }) => {
    await office.opens({ empty: true });

    await office.carmen.says('新增應徵者 陳家欣 9123 4567 店務員');
    office.carmen.sees('名單上未有您的資料');

    await office.helen.says('我可以開始未');
    office.helen.sees('未可以開始，還欠 7 項');
    office.helen.sees('設定品牌 金記茶餐廳');

    await office.helen.says('設定品牌 金記茶餐廳');
    await office.helen.says('設定法定名稱：金記飲食有限公司');
    await office.helen.says('設定公司地址 香港旺角彌敦道700號10樓');
    await office.helen.says('設定HR電話２１２３　４５６７');
    office.helen.sees('HR電話已設為「2123 4567」');
    await office.helen.says('設定資料存放地點 香港');
    await office.helen.says('設定HR群組');
    office.helen.sees('請到要用作 HR 群組的釘釘群組內');
    await office.helen.saysInGroup('設定HR群組');
    office.helen.sees('這裡已設為 HR 群組');

    await office.helen.says('設定分店 MK 旺角店 地址 旺角彌敦道700號地舖 地標 旺角站E2');
    office.helen.sees('已新增旺角店（MK）');
    await office.helen.says('設定同事 staff:ivan 區域經理 英文名 Ivan');
    office.helen.sees('已加入何志偉：區域經理');
    await office.helen.says('設定同事 gloria 用人經理 面試官 上司 何志偉 分店 旺角店');
    office.helen.sees(/已加入黃美玲：用人經理、面試官；上司：何志偉；分店：旺角店/);
    await office.helen.says('設定分店 MK 經理 黃美玲');
    await office.helen.says('設定同事 nobody99 招聘主任');
    office.helen.sees('釘釘通訊錄內找不到「nobody99」');
    await office.helen.says('set staff staff:carmen recruiter');
    office.helen.sees('Added 李嘉敏: recruiter');

    await office.helen.says('我可以開始未');
    office.helen.sees('可以開始了！');
    office.helen.sees('建議補上');

    await office.carmen.says('開職位 店務員 3人 旺角店');
    office.carmen.sees(/已開職位「店務員」（R101）：旺角店，3人，用人經理黃美玲，負責同事李嘉敏/);
    await office.carmen.says('新增應徵者 陳家欣 9123 4567 店務員');
    office.carmen.sees('已新增陳家欣（C1001）');
    expect(await office.stageOf('陳家欣')).toBe('applied');
  });

  test('by two files: branches and staff, each with a dry run', async ({ office }) => {
    await office.opens({ empty: true });
    const staff =
      '釘釘編號,姓名,英文名,角色,上司,分店\ncarmen,李嘉敏,Carmen,招聘主任,helen,\ngloria,黃美玲,Gloria,用人經理,何志偉,MK\nivan,何志偉,Ivan,區域經理,,\nghost,鬼鬼,,招聘主任,,\nboss2,梁國強,,大班,,\n';

    await office.helen.says('', [
      {
        name: '分店.csv',
        content:
          '代號,名稱,地址,地標\nMK,旺角店,旺角彌敦道700號地舖,旺角站E2\nTST,尖沙咀店,尖沙咀廣東道1號,\nmk,旺角二店,旺角,\n',
      },
    ]);
    office.helen.sees('2行會寫入，0行重複，1行有誤');
    office.helen.sees('第4行 旺角二店：有誤，名單內重複');
    expect(await office.office.models.branches.countDocuments({})).toBe(0);
    await office.helen.presses('確認');
    office.helen.sees('已匯入2間分店');

    await office.helen.says('', [{ name: 'staff.csv', content: staff }]);
    office.helen.sees('3行會寫入，0行重複，2行有誤');
    office.helen.sees('第5行 鬼鬼：有誤，釘釘通訊錄內找不到');
    office.helen.sees('第6行 梁國強：有誤，角色不明');
    await office.helen.says('確認');
    office.helen.sees('已匯入3位同事');

    await office.gloria.says('我係邊個');
    office.gloria.sees(/您是黃美玲.*角色：用人經理/);
    office.gloria.sees('上司：何志偉');
    await office.gloria.says('設定品牌 我的店');
    office.gloria.sees('這項工作不在您的權限內，未有作出任何更改。如有需要，請聯絡周海倫。');
    expect((await office.office.models.organisation.findOne({}).lean())?.brand).toBeNull();
  });

  test('the only HR manager cannot lock herself out', async ({ office }) => {
    await office.opens({ empty: true });
    await office.helen.says('你好');
    office.helen.sees('周海倫您好');
    await office.helen.says('移除同事 周海倫');
    office.helen.sees('是唯一的 HR 經理');
  });
});
