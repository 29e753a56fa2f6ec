import type { House } from '../story/house.ts';

const OPTIONS = [
  { value: 'a', text: '甲' },
  { value: 'b', text: '乙' },
  { value: 'c', text: '丙' },
];
/** Markdown of somebody who means no good, between some of somebody who does. */
export const TEXT = [
  '### 標題',
  '**粗體** 和 *斜體*，\\*星號\\*',
  '<img src="x" onerror="document.title=1"><b>不是標記</b>',
  '[壞連結](javascript:document.title=1) [好連結](https://example.com/?a=1&b=2)',
  '[快捷](dtmd://dingtalkclient/sendMessage?content=x)',
  '- 一',
  '- 二',
].join('\n');
const FORM = {
  fields: [
    {
      name: 'result',
      label: '結果',
      type: 'SELECT',
      required: true,
      requiredMsg: '請選擇結果',
      options: [
        { value: 'pass', text: '合格' },
        { value: 'fail', text: '不合格' },
      ],
    },
    { name: 'comment', label: '評語', type: 'TEXT_AREA', minRows: 3 },
    { name: 'score', label: '分數', type: 'NUMBER' },
    { name: 'day', label: '日子', type: 'DATE' },
    { name: 'time', label: '時間', type: 'TIME' },
    { name: 'moment', label: '日子和時間', type: 'DATETIME' },
    { name: 'agree', label: '同意', type: 'CHECKBOX', required: true },
    { name: 'tags', label: '標籤', type: 'MULTI_SELECT', options: OPTIONS },
    { name: 'secret', type: 'TEXT', hidden: true, defaultValue: '9' },
  ],
};

interface RobotApp {
  clientId: string;
  clientSecret: string;
  robotCode: string;
}
let app: RobotApp | undefined;

/** Another robot, the same each time, that sends somebody a card with every kind of field. */
export async function formCard(house: House, userId: string, outTrackId = 'first'): Promise<RobotApp> {
  app ??= await house.post<RobotApp>('/apps', { name: '表格機械人' });
  const { origin } = new URL(house.at.page ?? '');
  const call = async (path: string, body: unknown, token = ''): Promise<Record<string, unknown>> => {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const { accessToken } = await call('/v1.0/oauth2/accessToken', { appKey: app.clientId, appSecret: app.clientSecret });
  await call(
    '/v1.0/card/instances/createAndDeliver',
    {
      cardTemplateId: 'some-template.schema',
      outTrackId,
      callbackType: 'STREAM',
      userIdType: 1,
      cardData: {
        cardParamMap: {
          title: '所有欄位',
          text: TEXT,
          form: JSON.stringify(FORM),
          buttons: JSON.stringify([{ id: 'send', label: '送出', style: 'primary' }]),
        },
      },
      openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
      imRobotOpenSpaceModel: { supportForward: false },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: app.robotCode },
    },
    String(accessToken),
  );
  return app;
}
