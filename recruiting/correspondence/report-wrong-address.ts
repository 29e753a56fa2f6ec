import { formatPhone } from '../../hongkong/phones.ts';
import { tellResponsible } from '../portal/responsible-person.ts';
import type { PressScope } from '../portal/take-press.ts';
import type { Unit } from '../unit/unit.ts';

/**
 * Whoever answers from a number or address says that it is not the candidate's: nothing is sent there any more, the
 * application stays as it is, HR checks. The number counts again once the person was reached by it.
 */
export async function reportWrongAddress(
  unit: Unit,
  scope: PressScope,
  { via, occasion }: { via: 'portal' | 'email' | 'sms' | 'dingtalk'; occasion: string },
): Promise<void> {
  const { candidate } = scope;
  const address = via === 'sms' ? candidate.phone : via === 'email' ? candidate.email : null;
  const known = candidate.wrongAddresses ?? [];
  if (address && !known.includes(address)) {
    await unit.change('candidates', candidate, { wrongAddresses: [...known, address] });
    unit.audit(`candidate:${candidate._id}`, 'wrong_address', ['wrongAddresses']);
  }
  const shown = via === 'sms' && address ? formatPhone(address) : (address ?? '');
  const stopped = address ? `已停止向${shown}發送訊息，申請沒有改動，` : '申請沒有改動，';
  await tellResponsible(unit, {
    ...scope,
    what: 'wrong_address',
    occasion: `wrong:${occasion}`,
    happened: `：回覆者表示找錯人、並非本人。${stopped}請核對聯絡資料`,
    urgent: true,
  });
}
