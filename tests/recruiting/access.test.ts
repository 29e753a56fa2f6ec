import { describe, expect, test } from 'vitest';
import { STAFF_ROLES } from '../../models/staff.model.ts';
import {
  FIELDS,
  type Field,
  PERMISSIONS,
  phoneFor,
  READERS,
  type ReaderRole,
  reachOf,
  type Sight,
  SURFACES,
  sightOf,
} from '../../recruiting/access/policy.ts';

/** What each role sees, written out: columns group, direct, portal, email. f = full, m = masked, - = nothing. */
const SEEN: Record<ReaderRole, Record<Field, string>> = {
  //                   phone   email   pay     cv      note    reason  calls   audit
  recruiter: seen('mffm', '-ff-', '----', '-ff-', '-ff-', '-ff-', '-ff-', '----'),
  hr_manager: seen('mffm', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-'),
  hr_director: seen('mffm', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-'),
  hiring_manager: seen('mffm', '----', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-', '----'),
  superior: seen('mmmm', '----', '-ff-', '-ff-', '-ff-', '-ff-', '-ff-', '----'),
  interviewer: seen('mmmm', '----', '----', '-ff-', '-ff-', '----', '----', '----'),
  it: seen('----', '----', '----', '----', '----', '----', '----', '-ff-'),
  candidate: seen('--ff', '--ff', '--ff', '----', '----', '----', '----', '----'),
};

function seen(...columns: string[]): Record<Field, string> {
  return Object.fromEntries(FIELDS.map((field, index) => [field, columns[index]])) as Record<Field, string>;
}

const LETTERS: Record<string, Sight> = { f: 'full', m: 'masked', '-': 'hidden' };

describe('every role x field x surface', () => {
  for (const role of READERS) {
    test(role, () => {
      for (const field of FIELDS) {
        for (const [index, surface] of SURFACES.entries()) {
          const expected = LETTERS[SEEN[role][field][index] ?? ''];
          expect(sightOf(field, [role], surface), `${role} ${field} ${surface}`).toBe(expected);
        }
      }
    });
  }

  test('the table names every role there is', () => {
    expect([...READERS].sort()).toEqual([...STAFF_ROLES, 'candidate'].sort());
  });

  test('nobody sees pay in a group, whatever they are besides', () => {
    for (const one of READERS) {
      for (const other of READERS) expect(sightOf('pay', [one, other], 'group')).toBe('hidden');
    }
  });

  test('two roles see what the wider one sees', () => {
    expect(sightOf('pay', ['recruiter', 'hiring_manager'], 'direct')).toBe('full');
  });

  test('telephone numbers are whole in the 1:1 chat and masked in a group', () => {
    expect(phoneFor('+85291234567', ['recruiter'], 'direct')).toBe('9123 4567');
    expect(phoneFor('+85291234567', ['recruiter'], 'group')).toBe('9123 ****');
    expect(phoneFor('+85291234567', ['it'], 'direct')).toBeUndefined();
  });
});

describe('every permission x role', () => {
  /** a = all, o = own, - = not; in the order of STAFF_ROLES. */
  const roles = ['recruiter', 'hr_manager', 'hiring_manager', 'superior', 'interviewer', 'hr_director', 'it'] as const;
  const table: Record<(typeof PERMISSIONS)[number], string> = {
    use_robot: 'aaaaaaa',
    see_applications: 'aaoooa-',
    shortlist: 'aaoo---',
    schedule_interview: 'aaoo---',
    decide: 'aaoo-a-',
    record_arrival: 'aaooo--',
    record_offer: 'aa---a-',
    manage_intake: 'aa-----',
    assign_branch: 'aaoo---',
    pause_messages: 'aa-----',
    send_message: 'aa-----',
    record_call: 'aao----',
    write_note: 'aaoooa-',
    add_candidate: 'aao----',
    import_candidates: 'aa-----',
    keep_file: 'aa-----',
    open_requisition: 'aa---a-',
    see_compliance: '-a---a-',
    review_readings: 'aa---a-',
    see_organisation: 'aa---aa',
    manage_organisation: '-a----a',
  };
  for (const permission of PERMISSIONS) {
    test(permission, () => {
      for (const [index, role] of roles.entries()) {
        const expected = { a: 'all', o: 'own', '-': undefined }[table[permission][index] ?? '-'];
        expect(reachOf([role], permission), role).toBe(expected);
      }
    });
  }
});
