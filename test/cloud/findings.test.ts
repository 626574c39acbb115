import { describe, expect, it } from 'vitest';
import { judge } from './findings.ts';
import { reviewedFindings } from './reviewed-findings.ts';

const found = { tool: 'checkov', rule: 'CKV_1', at: 'AWS::S3::Bucket.Raw', says: '' };
const reason = { tool: 'checkov', rule: 'CKV_1', at: /Raw$/, because: 'It is read by nobody.' };

describe('findings of the checkers', () => {
  it('stand only with a reason of the same checker and rule for the same place', () => {
    expect(judge([found], [reason])).toEqual({ open: [], stale: [], reviewed: 1 });
    for (const other of [{ tool: 'cfn-lint' }, { rule: 'CKV_2' }, { at: /Lake$/ }])
      expect(judge([found], [{ ...reason, ...other }])).toMatchObject({ open: [found], reviewed: 0 });
  });

  it('leave no reason behind when they go', () => {
    expect(judge([], [reason])).toEqual({ open: [], stale: [reason], reviewed: 0 });
  });

  it('are given reasons in sentences, and for a place that is named', () => {
    for (const { because, at } of reviewedFindings) {
      expect(because).toMatch(/^[A-Z].{40,}\.$/s);
      expect(at.source.startsWith('^'), at.source).toBe(true);
    }
  });
});
