import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { BranchRecord } from '../../models/branch.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import { saveBranch } from '../../recruiting/organisation/save-branch.ts';
import { saveStaff } from '../../recruiting/staff/save-staff.ts';
import { commit } from '../../recruiting/unit/commit.ts';
import type { Office } from '../../recruiting/unit/office.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import { readSample, type Sample } from './read-sample.ts';
import { type SeededPlaces, seedApplication } from './seed-application.ts';

/**
 * Fills an empty database with the sample company (docs/sample-company.md), all or nothing. A database that has been
 * filled is left alone, so a restart goes on where it was.
 */
export async function seedSampleCompany(office: Office): Promise<void> {
  const organisation = await office.models.organisation.findOne({ _id: 'organisation' }).lean();
  if (organisation?.brand) return;
  const sample = readSample();
  await commit(office, 'job:sample-company', async (unit) => {
    const places = await seedPlaces(unit, sample);
    for (const [index, application] of sample.recruiting.applications.entries()) {
      const person = sample.candidates.find((candidate) => candidate.id === application.candidateId);
      if (person) await seedApplication(unit, person, application, places, index);
    }
  });
}

/** Organisation, staff, branches, vacancies, intake. */
async function seedPlaces(unit: Unit, sample: Sample): Promise<SeededPlaces> {
  const { organisation, englishNames, story } = sample.recruiting;
  const known = await unit.get('organisation', 'organisation');
  if (known) await unit.change('organisation', known, { corpId: sample.corpId, ...organisation, settings: { story } });
  for (const person of sample.people) {
    await saveStaff(unit, {
      staffId: person.staffId,
      name: person.name,
      englishName: englishNames[person.staffId],
      title: person.title,
      roles: [person.role],
      superiorStaffId: person.managerStaffId,
    });
  }
  const branches = new Map<string, BranchRecord>();
  for (const { managerStaffId, departmentId: _department, ...input } of sample.recruiting.branches) {
    const manager = (await unit.get('staff', managerStaffId)) ?? undefined;
    const { branch } = await saveBranch(unit, { ...input, manager });
    branches.set(branch.code, branch);
  }
  const requisitions = await seedRequisitions(unit, sample, branches);
  return { requisitions, intakeId: await seedIntake(unit, sample), titles: sample.recruiting.titles };
}

async function seedRequisitions(
  unit: Unit,
  sample: Sample,
  branches: ReadonlyMap<string, BranchRecord>,
): Promise<Map<string, RequisitionRecord>> {
  const made = new Map<string, RequisitionRecord>();
  for (const { branch, ref, ...input } of sample.recruiting.requisitions) {
    await unit.nextNumber('requisition', 101);
    const requisition = await unit.insert('requisitions', {
      _id: unit.newId('req'),
      ref,
      ...input,
      foldedTitle: foldForMatching(input.jobTitle),
      branchId: branches.get(branch)?._id ?? '',
      state: 'open',
      openedAt: momentAt(addDays(hongKongDate(unit.now), -21), '10:00'),
      openedBy: `staff:${input.recruiterId}`,
    });
    made.set(ref, requisition);
  }
  return made;
}

async function seedIntake(unit: Unit, sample: Sample): Promise<string> {
  const { ref, firstDay, time, days, ...texts } = sample.recruiting.intake;
  const intake = await unit.insert('intakes', {
    _id: unit.newId('intake'),
    ref,
    ...texts,
    firstDayAt: momentAt(firstDay, time),
    lastDayAt: momentAt(addDays(firstDay, days - 1), '17:30'),
    branchId: null,
    state: 'fixed',
    version: 1,
    createdAt: unit.now,
    createdBy: unit.by,
  });
  return intake._id;
}
