import type { ApplicationStage } from '../../models/application.model.ts';
import { say, type Texts } from './said.ts';

/** How staff read the stages of an application. */
export const STAGE_TITLES: Readonly<Record<ApplicationStage, Texts>> = {
  applied: say('已收到申請', 'applied'),
  shortlisted: say('已入圍', 'shortlisted'),
  interview: say('已約面試', 'interview arranged'),
  interviewed: say('已面試，待決定', 'interviewed, decision open'),
  passed: say('已通過面試', 'passed'),
  offer_sent: say('已發聘書', 'offer sent'),
  offer_accepted: say('已接受聘書', 'offer accepted'),
  arrived: say('已到職', 'arrived'),
  rejected: say('不合適', 'rejected'),
  withdrawn: say('已退出', 'withdrawn'),
  declined: say('已婉拒聘書', 'offer declined'),
  no_show: say('面試缺席', 'no-show'),
};
