import { describe, expect, it } from 'vitest';
import { reportExamples } from '#core/domain/report/examples.ts';
import { mergeSupplement, supplementConflicts } from '#core/domain/report/merge-supplement.ts';
import { accepted } from './context.ts';

const before = accepted(reportExamples.create).open.fields;

describe('mergeSupplement', () => {
  it('unites lists, adds what was not said and lets "none" give way', () => {
    const merged = mergeSupplement(before, {
      activities: ['questioning', 'surveillance'],
      force_used: ['restraint'],
      lapd_verified_identity: 'no',
    });
    expect(merged['activities']).toEqual(['entry_to_non_public_area', 'questioning', 'detention', 'surveillance']);
    expect(merged['force_used']).toEqual(['restraint']);
    expect(merged).toMatchObject({ lapd_verified_identity: 'no', property_id: 'central-library' });
  });

  it('changes nothing when the same supplement comes twice', () => {
    const added = accepted(reportExamples.supplement).open.fields;
    const once = mergeSupplement(before, added);
    expect(mergeSupplement(once, added)).toEqual(once);
  });
});

describe('supplementConflicts', () => {
  it('names the field that a supplement would change', () => {
    expect(
      supplementConflicts(before, { closure_minutes: 90, minors_present: 'yes', injury_reported: 'minor' }),
    ).toEqual([expect.objectContaining({ code: 'E380', pointer: '/closure_minutes' })]);
  });

  it('lets the example supplement through', () => {
    expect(supplementConflicts(before, accepted(reportExamples.supplement).open.fields)).toEqual([]);
  });
});
