import { z } from 'zod';
import type { Person } from '../organisation/company.ts';
import { PERSON } from '../organisation/seed.ts';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';
import { type ControlRoute, read, route } from './control-route.ts';

/** The person of an id; members also answer to their staffId. Throws 404. */
export function personBy(world: World, id: string | null | undefined): Person {
  const person =
    world.company.get(id ?? '') ??
    world.company.people().find(({ staffId }) => staffId !== undefined && staffId === id);
  if (!person) throw new ControlError(404, 'no_such_person', `nobody has the id ${id ?? '(none)'}`);
  return person;
}

const MANY = z.union([PERSON, z.array(PERSON), z.object({ people: z.array(PERSON) })]);
const CHANGE = PERSON.omit({ id: true })
  .partial()
  .extend({ role: z.string().optional(), phone: z.string().optional(), email: z.string().optional() });
const DEPARTMENT = z.object({ id: z.number().int(), name: z.string(), parentId: z.number().int().default(1) });

function show({
  id,
  name,
  role,
  phone,
  email,
  staffId,
  unionId,
  title,
  managerStaffId,
  departmentIds,
  hasLeft,
}: Person): Record<string, unknown> {
  return {
    id,
    name,
    role,
    phone,
    email,
    staffId,
    unionId,
    title,
    managerStaffId,
    departmentIds,
    ...(hasLeft ? { hasLeft } : {}),
  };
}

export const peopleRoutes: readonly ControlRoute[] = [
  route('GET', '/people', ({ world }) => world.company.people().map(show)),
  route('POST', '/people', (call) => {
    const given = read(call, MANY);
    const list = Array.isArray(given) ? given : 'people' in given ? given.people : [given];
    const people = list.map((person) => call.world.company.put(person));
    call.world.feed.emit({ type: 'people', data: {} });
    return { people: people.map(show) };
  }),
  route('POST', '/people/{id}', (call) => {
    const known = personBy(call.world, call.params.id);
    const {
      name = known.name,
      role = known.role,
      phone = known.phone,
      email = known.email,
      ...rest
    } = read(call, CHANGE);
    const person = call.world.company.put({ ...known, ...rest, name, role, phone, email });
    call.world.feed.emit({ type: 'people', data: {} });
    return show(person);
  }),
  route('GET', '/departments', ({ world }) => world.company.departments()),
  route('POST', '/departments', (call) => {
    const department = read(call, DEPARTMENT);
    call.world.company.putDepartment(department);
    return department;
  }),
];
