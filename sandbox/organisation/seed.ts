import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { World } from '../world.ts';

const PERSON = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.string().default('member'),
  phone: z.string().default(''),
  email: z.string().default(''),
  staffId: z.string().optional(),
  unionId: z.string().optional(),
  title: z.string().optional(),
  managerStaffId: z.string().optional(),
  departmentIds: z.array(z.number().int()).optional(),
  isAdmin: z.boolean().optional(),
  hasLeft: z.boolean().optional(),
  outOfRange: z.boolean().optional(),
});

const BUSY = z.object({ staffId: z.string(), start: z.string(), end: z.string(), summary: z.string().default('忙碌') });

/** A whole company as data: the shape of `sample-company.json`. Further keys are the application's own and are left alone. */
export const COMPANY = z.object({
  corpId: z.string().optional(),
  departments: z
    .array(z.object({ id: z.number().int(), name: z.string(), parentId: z.number().int().default(1) }))
    .default([]),
  people: z.array(PERSON).default([]),
  candidates: z.array(PERSON).default([]),
  groups: z.array(z.object({ id: z.string(), title: z.string(), members: z.array(z.string()) })).default([]),
  busy: z.array(BUSY).default([]),
  rooms: z.array(z.object({ id: z.string(), name: z.string(), capacity: z.number().int().default(8) })).default([]),
});
export type CompanyData = z.infer<typeof COMPANY>;
export { PERSON };

/** Fills an empty world: `empty` has nobody, a company object has its people, anything else is the sample company. */
export function seedWorld(world: World, seed: string | CompanyData): void {
  world.ids.salt = typeof seed === 'string' ? seed : 'company';
  world.meta.put('seed', typeof seed === 'string' ? seed : 'company');
  world.apps.registerProduct();
  if (seed === 'empty') return;
  const data = typeof seed === 'string' ? readSampleCompany() : seed;
  if (data.corpId !== undefined) world.meta.put('corpId', data.corpId);
  for (const department of data.departments) world.company.putDepartment(department);
  for (const person of data.people) world.company.put(person);
  for (const candidate of data.candidates) world.company.put({ ...candidate, role: 'candidate' });
  for (const group of data.groups) world.conversations.addGroup({ ...group, robots: [world.apps.product().robotCode] });
  for (const room of data.rooms) world.rooms.put(room.id, room);
  for (const busy of data.busy) {
    const person = world.company.byStaffId(busy.staffId);
    if (person?.unionId) world.calendar.addBusy(person.unionId, busy.start, busy.end, busy.summary);
  }
}

/** The company that both halves read. */
export function readSampleCompany(): CompanyData {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../sample-company.json', import.meta.url), 'utf8'));
  return COMPANY.parse(parsed);
}
