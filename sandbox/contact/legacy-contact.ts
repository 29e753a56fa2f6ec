import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { LegacyError } from '../http/wire-error.ts';
import type { Person } from '../organisation/company.ts';
import { splitPhone } from './contact-operations.ts';

const ROOT = 1;
const DIRECTORY_SCOPE = 'qyapi_get_member';

function legacy(path: string, run: (call: Call) => unknown): Operation {
  return {
    method: 'POST',
    path,
    access: 'legacy',
    billed: false,
    scope: DIRECTORY_SCOPE,
    run: (call): Answer =>
      ok({
        errcode: 0,
        errmsg: 'ok',
        result: run(call),
        request_id: call.world.ids.uuid('request').replaceAll('-', '').slice(0, 16),
      }),
  };
}

/** Reads the body; these endpoints also take form fields, but every SDK sends JSON. */
function read<T>(call: Call, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(call.body ?? Object.fromEntries(call.query));
  if (!parsed.success) throw new LegacyError(40035, `不合法的参数 ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return parsed.data;
}

function departmentsOf(person: Person): readonly number[] {
  return person.departmentIds ?? [ROOT];
}

function detail(call: Call, person: Person): Record<string, unknown> {
  const { phone, stateCode } = splitPhone(person.phone);
  const departments = departmentsOf(person);
  return {
    userid: person.staffId ?? '',
    unionid: person.unionId ?? '',
    name: person.name,
    mobile: phone,
    state_code: stateCode,
    email: person.email,
    title: person.title ?? '',
    avatar: '',
    active: true,
    admin: person.isAdmin === true,
    boss: false,
    senior: false,
    hide_mobile: false,
    real_authed: true,
    dept_id_list: departments,
    dept_order_list: departments.map((id) => ({ dept_id: id, order: 1 })),
    leader_in_dept: departments.map((id) => ({
      dept_id: id,
      leader: call.world.company.people().some((other) => other.managerStaffId === person.staffId),
    })),
    ...(person.managerStaffId === undefined ? {} : { manager_userid: person.managerStaffId }),
    role_list: [],
    job_number: person.staffId ?? '',
  };
}

/** A department with everything below it in the tree one level down. */
function membersOf(call: Call, departmentId: number): Person[] {
  if (departmentId !== ROOT && !call.world.company.department(departmentId)) throw new LegacyError(60003, '部门不存在');
  return call.world.company
    .people()
    .filter(
      (person) => person.staffId !== undefined && !person.hasLeft && departmentsOf(person).includes(departmentId),
    );
}

const userGet = legacy('/topapi/v2/user/get', (call) => {
  const { userid } = read(call, z.object({ userid: z.string(), language: z.string().optional() }));
  const person = call.world.company.byStaffId(userid);
  if (!person) throw new LegacyError(60121, '找不到该用户');
  return detail(call, person);
});

const byMobile = legacy('/topapi/v2/user/getbymobile', (call) => {
  const { mobile } = read(
    call,
    z.object({ mobile: z.string(), support_exclusive_account_search: z.union([z.boolean(), z.string()]).optional() }),
  );
  if (!/^\+?[\d-]{6,18}$/.test(mobile)) throw new LegacyError(40104, '不合法的手机号');
  const wanted = splitPhone(mobile).phone;
  const person = call.world.company
    .people()
    .find((other) => other.staffId !== undefined && !other.hasLeft && splitPhone(other.phone).phone === wanted);
  if (!person) throw new LegacyError(60121, '找不到该用户');
  return { userid: person.staffId ?? '', exclusive_account_userid_list: [] };
});

const byUnionId = legacy('/topapi/user/getbyunionid', (call) => {
  const { unionid } = read(call, z.object({ unionid: z.string() }));
  const person = call.world.company.byUnionId(unionid);
  if (!person) throw new LegacyError(60121, '找不到该用户');
  return { contact_type: 0, userid: person.staffId ?? '' };
});

const departmentList = legacy('/topapi/v2/department/listsub', (call) => {
  const { dept_id } = read(
    call,
    z.object({ dept_id: z.coerce.number().int().default(ROOT), language: z.string().optional() }),
  );
  if (dept_id !== ROOT && !call.world.company.department(dept_id)) throw new LegacyError(60003, '部门不存在');
  return call.world.company
    .departments()
    .filter(({ id, parentId }) => parentId === dept_id && id !== ROOT)
    .map(({ id, name, parentId }) => ({
      dept_id: id,
      name,
      parent_id: parentId,
      create_dept_group: false,
      auto_add_user: false,
    }));
});

const departmentGet = legacy('/topapi/v2/department/get', (call) => {
  const { dept_id } = read(call, z.object({ dept_id: z.coerce.number().int(), language: z.string().optional() }));
  const department =
    call.world.company.department(dept_id) ?? (dept_id === ROOT ? { id: ROOT, name: '公司', parentId: 0 } : undefined);
  if (!department) throw new LegacyError(60003, '部门不存在');
  return { dept_id: department.id, name: department.name, parent_id: department.parentId };
});

const userIds = legacy('/topapi/user/listid', (call) => {
  const { dept_id } = read(call, z.object({ dept_id: z.coerce.number().int() }));
  return { userid_list: membersOf(call, dept_id).map(({ staffId }) => staffId ?? '') };
});

const LIST = z.object({
  dept_id: z.coerce.number().int(),
  cursor: z.coerce.number().int().min(0).default(0),
  size: z.coerce.number().int().min(1).max(100),
  order_field: z.string().optional(),
  contain_access_limit: z.boolean().optional(),
  language: z.string().optional(),
});

const userList = legacy('/topapi/v2/user/list', (call) => {
  const { dept_id, cursor, size } = read(call, LIST);
  const members = membersOf(call, dept_id);
  const hasMore = cursor + size < members.length;
  return {
    has_more: hasMore,
    ...(hasMore ? { next_cursor: cursor + size } : {}),
    list: members.slice(cursor, cursor + size).map((person) => detail(call, person)),
  };
});

/** Contacts on oapi (DingTalk: 通讯录管理); not billed. */
export const legacyContactOperations: readonly Operation[] = [
  userGet,
  byMobile,
  byUnionId,
  departmentList,
  departmentGet,
  userIds,
  userList,
];
