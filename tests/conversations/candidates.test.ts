import iconv from 'iconv-lite';
import { describe, expect } from 'vitest';
import { test } from './office.ts';
import { workbook } from './workbook.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

describe('adding a candidate', () => {
  test('typed in one line; the acknowledgement waits until it can no longer be undone', async ({ office }) => {
    await office.opens();
    await office.hr.says('新增應徵者 陳家欣 9123 4567 店務員 稱謂 小姐 來源 OpenRice');
    office.hr.sees('已新增陳家欣（C1001），應徵「店務員」（A1001），電話 9123 4567');
    office.hr.sees('11月30日（星期一）或之前回覆');
    const waiting = await office.office.models.outbox.findOne({ what: 'application_received' }).lean();
    expect(waiting?.state).toBe('pending');

    await office.passes('PT3M');
    expect((await office.office.models.outbox.findOne({ what: 'application_received' }).lean())?.state).not.toBe(
      'pending',
    );
  });

  test('the same telephone is the same person: no second record, and nothing is sent twice', async ({ office }) => {
    await office.opens();
    await office.hr.says('新增應徵者 陳家欣 9123 4567 店務員');
    await office.hr.says('新增應徵者陳小欣，+852 91234567，R102');
    office.hr.sees('陳家欣已應徵「店務員」（A1001），電話或電郵相同');
    await office.hr.says('新增應徵者 陳家欣 9666 7777 店務員');
    office.hr.sees('已有另一位陳家欣（A1001）');
    await office.hr.says('新增應徵者 陳家欣 9666 7777 店務員 另一人');
    office.hr.sees('已新增陳家欣（C1002）');
    expect(await office.office.models.candidates.countDocuments({})).toBe(2);
  });

  test('what is missing is asked for, one thing at a time', async ({ office }) => {
    await office.opens({ cards: false });
    await office.hr.says('新增應徵者 陳家欣 9123 4567');
    office.hr.sees('是哪個職位？');
    await office.hr.says('1');
    office.hr.sees('已新增陳家欣（C1001），應徵「店務員」');
    await office.hr.says('新增應徵者 店務員 9222 1111');
    office.hr.sees('請問應徵者的姓名是？');
    await office.hr.says('Kelly Ng');
    office.hr.sees('已新增Kelly Ng（C1002）');
    await office.hr.says('新增應徵者 王大文 店務員');
    office.hr.sees('請加上王大文的電話或電郵');
  });

  test('an identity card number is neither stored nor repeated', async ({ office }) => {
    await office.opens();
    await office.hr.says('新增應徵者 陳家欣 9123 4567 店務員 身份證 A123456(3)');
    office.hr.sees('訊息中的身份證號碼沒有被儲存');
    office.hr.doesNotSee('A123456');
    const everything = JSON.stringify([
      await office.office.models.candidates.find({}).lean(),
      await office.office.models.outbox.find({}).lean(),
      await office.office.models.activities.find({}).lean(),
    ]);
    expect(everything).not.toContain('A123456');
  });
});

const LIST =
  '姓名,電話,電郵,職位,稱謂\n何文軒,9555 6666,,店務員,先生\n陳家欣,91234567,,店務員,\n黃小明,123,,店務員,\n張三,,,R102,\n李四,95556668,,廚師,\n何文軒,95556666,,店務員,\n鄧麗,95550000,"lai@example.com",R102,A123456(3)\n';

describe('a list of candidates', () => {
  test('as CSV in Big5: the dry run tells each row, 確認 stores the good ones', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hr.says('', [{ name: '名單.csv', content: iconv.encode(LIST, 'big5') }]);
    office.hr.sees('2行會寫入，1行重複，4行有誤');
    office.hr.sees('第2行 何文軒：新增');
    office.hr.sees('第3行 陳家欣：重複（A1003），略過');
    office.hr.sees('第4行 黃小明：有誤，電話號碼不正確');
    office.hr.sees('第5行 張三：有誤，沒有電話或電郵');
    office.hr.sees('第6行 李四：有誤，找不到這個職位空缺');
    office.hr.sees('第7行 何文軒：有誤，名單內重複');
    office.hr.sees('第8行 鄧麗：新增（已移除身份證號碼）');
    office.hr.doesNotSee('A123456');
    expect(await office.office.models.candidates.countDocuments({})).toBe(1);
    await office.hr.presses('確認');
    office.hr.sees('已匯入2位應徵者');
    expect(await office.stageOf('鄧麗')).toBe('applied');
  });

  test('as a workbook and pasted; the whole list can be undone', async ({ office }) => {
    await office.opens();
    await office.hr.says('', [
      {
        name: 'list.xlsx',
        content: workbook([
          ['Name', 'Mobile', 'Position'],
          ['Maria Santos', 95551234, 'R102'],
        ]),
      },
    ]);
    office.hr.sees('第2行 Maria Santos：新增');
    await office.hr.presses('確認');
    office.hr.sees('已匯入1位應徵者（A1001）');
    await office.hr.says('復原');
    office.hr.sees('已復原「匯入1位應徵者」。');
    expect(await office.office.models.candidates.countDocuments({})).toBe(0);

    await office.hr.says('匯入 R102\n姓名\t電話\n何文軒\t9555 6666\n鄧麗\t9555 0000');
    office.hr.sees('2行會寫入');
    await office.hr.says('取消');
    office.hr.sees('已取消，未有作出任何更改');
    expect(await office.office.models.candidates.countDocuments({})).toBe(0);
  });

  test('a list without the needed columns, in the wrong place or by the wrong person changes nothing', async ({
    office,
  }) => {
    await office.opens();
    await office.hr.says('', [{ name: 'x.csv', content: '電話,電郵\n91234567,a@b.hk\n' }]);
    office.hr.sees('名單欠了欄位：姓名、職位');
    await office.manager.says('', [{ name: 'x.csv', content: LIST }]);
    office.manager.sees('這項工作不在您的權限內');
    await office.hr.saysInGroup('匯入 R102');
    office.hr.sees('請在與我的一對一對話中輸入');
  });
});

describe('a CV', () => {
  test('sent behind the name, or with the name in its own, is kept with that candidate', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hr.says('', [{ name: '陳家欣_CV.pdf', content: PDF }]);
    office.hr.sees('已存入陳家欣（C1003）的履歷');
    await office.hr.says('履歷 陳家欣', [{ name: 'scan.pdf', content: PDF }]);
    office.hr.sees('這份履歷之前已存入陳家欣名下');
    const file = await office.office.models.candidateFiles.findOne({}).lean();
    expect([file?.candidateId, file?.mediaType, file?.size]).toEqual(['cand_A1003', 'application/pdf', PDF.length]);
    // Without a name the robot asks, and keeps the file that came before.
    await office.hr.says('', [{ name: 'scan001.pdf', content: `${PDF}%%EOF` }]);
    office.hr.sees('是哪位應徵者？');
    await office.hr.says('家欣');
    office.hr.sees('已存入陳家欣（C1003）的履歷');
  });

  test('that is none, is empty, or comes from somebody without the right, is refused', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hr.says('履歷 陳家欣', [{ name: 'cv.pdf', content: 'MZ not a pdf' }]);
    office.hr.sees('只接受 PDF、Word、JPG 或 PNG');
    await office.manager.says('履歷 陳家欣', [{ name: 'cv.pdf', content: PDF }]);
    office.manager.sees('這項工作不在您的權限內');
    expect(await office.office.models.candidateFiles.countDocuments({})).toBe(0);
  });
});
