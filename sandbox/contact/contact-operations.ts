import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { WireError } from '../http/wire-error.ts';

/** `GET /v1.0/contact/users/{unionId}`; `me` belongs to user tokens, which this sandbox does not issue. */
export const contactUser: Operation = {
  method: 'GET',
  path: '/v1.0/contact/users/{unionId}',
  access: 'token',
  billed: false,
  scope: 'Contact.User.Read',
  run(call: Call): Answer {
    const unionId = call.params.unionId ?? '';
    if (unionId === 'me') throw new WireError(400, 'InvalidAuthentication', '不合法的access_token');
    const person = call.world.company.byUnionId(unionId);
    if (!person) throw new WireError(404, 'itemNotFound', '用户不存在');
    const { phone, stateCode } = splitPhone(person.phone);
    return ok({
      nick: person.name,
      unionId: person.unionId ?? '',
      openId: `open${call.world.ids.hash(`open:${person.id}`).slice(0, 18)}`,
      mobile: phone,
      stateCode,
      email: person.email,
      avatarUrl: '',
      visitor: false,
    });
  },
};

/** A Hong Kong number is kept as eight digits; the country code travels apart. */
export function splitPhone(phone: string): { phone: string; stateCode: string } {
  const digits = phone.replace(/\D/g, '');
  if (digits.length === 11 && digits.startsWith('852')) return { phone: digits.slice(3), stateCode: '852' };
  return { phone: digits, stateCode: digits.length === 8 ? '852' : '86' };
}

const SEARCH = z.object({
  queryWord: z.string(),
  offset: z.number().int().min(0),
  size: z.number().int().min(1).max(100),
  fullMatchField: z.number().int().optional(),
});

function page(all: (string | number)[], offset: number, size: number): Answer {
  return ok({ hasMore: offset + size < all.length, totalCount: all.length, list: all.slice(offset, offset + size) });
}

/** `POST /v1.0/contact/users/search` */
export const searchUsers: Operation = {
  method: 'POST',
  path: '/v1.0/contact/users/search',
  access: 'token',
  billed: false,
  scope: 'qyapi_addresslist_search',
  run(call: Call): Answer {
    const { queryWord, offset, size, fullMatchField } = readRequest(call, SEARCH);
    const found = call.world.company
      .people()
      .filter((person) => person.staffId !== undefined && !person.hasLeft)
      .filter(({ name }) => (fullMatchField === 1 ? name === queryWord : name.includes(queryWord)));
    return page(
      found.map(({ staffId }) => staffId ?? ''),
      offset,
      size,
    );
  },
};

/** `POST /v1.0/contact/departments/search` */
export const searchDepartments: Operation = {
  method: 'POST',
  path: '/v1.0/contact/departments/search',
  access: 'token',
  billed: false,
  scope: 'qyapi_addresslist_search',
  run(call: Call): Answer {
    const { queryWord, offset, size } = readRequest(call, SEARCH);
    const found = call.world.company.departments().filter(({ name }) => name.includes(queryWord));
    return page(
      found.map(({ id }) => id),
      offset,
      size,
    );
  },
};
