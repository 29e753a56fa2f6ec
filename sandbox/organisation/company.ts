import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';

/** Somebody with a phone: a member of the organisation (has a staffId) or a candidate outside it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly email: string;
  /** userId inside the organisation; only members have one. */
  readonly staffId?: string | undefined;
  /** Id across applications; calendar and contact APIs use only this one. */
  readonly unionId?: string | undefined;
  readonly title?: string | undefined;
  readonly managerStaffId?: string | undefined;
  readonly departmentIds?: readonly number[] | undefined;
  readonly isAdmin?: boolean | undefined;
  /** A member who has left keeps the staffId; every API refuses it. */
  readonly hasLeft?: boolean | undefined;
  /** Whether robots may see this member (the application's visible range). */
  readonly outOfRange?: boolean | undefined;
}

export interface Department {
  readonly id: number;
  readonly name: string;
  readonly parentId: number;
}

/** People and departments of the organisation, and the candidates around it. */
export class Company {
  readonly #people: Table<Person>;
  readonly #departments: Table<Department>;
  readonly #ids: SandboxIds;

  constructor(journal: Journal, ids: SandboxIds) {
    this.#people = journal.table('people');
    this.#departments = journal.table('departments');
    this.#ids = ids;
  }

  put(person: Person): Person {
    const unionId =
      person.staffId === undefined
        ? person.unionId
        : (person.unionId ?? `UNION${this.#ids.hash(`union:${person.staffId}`).slice(0, 18)}`);
    return this.#people.put(person.id, { ...person, ...(unionId === undefined ? {} : { unionId }) });
  }

  putDepartment(department: Department): void {
    this.#departments.put(String(department.id), department);
  }

  people(): Person[] {
    return this.#people.all();
  }

  departments(): Department[] {
    return this.#departments.all();
  }

  department(id: number): Department | undefined {
    return this.#departments.get(String(id));
  }

  get(id: string): Person | undefined {
    return this.#people.get(id);
  }

  /** A present member by userId. */
  byStaffId(staffId: string): Person | undefined {
    return this.#people.all().find((person) => person.staffId === staffId && !person.hasLeft);
  }

  /** A present member by unionId. */
  byUnionId(unionId: string): Person | undefined {
    return this.#people
      .all()
      .find((person) => person.unionId === unionId && person.staffId !== undefined && !person.hasLeft);
  }

  /** By the id an API was given: 1 = userId, 2 = unionId. */
  byUserId(id: string, userIdType: number): Person | undefined {
    return userIdType === 2 ? this.byUnionId(id) : this.byStaffId(id);
  }

  /** The encrypted id that stands in `senderId`; useless outside. */
  dingtalkId(idOfAnybody: string): string {
    return `$:LWCP_v1:$${this.#ids.hash(`lwcp:${idOfAnybody}`).slice(0, 22)}`;
  }
}
