import { describe, expect, it } from 'vitest';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { type QuestionFiles, readQuestion, readQuestions } from '#core/lake/read-question.ts';

const metadata = {
  title: { en: 'T', es: 'T' },
  question: 'Q',
  grain: 'G',
  audience: 'public',
  parameters: [{ name: 'as_of', type: 'timestamp' }],
  dimensions: [],
  measure: { name: 'n', label: { en: 'N', es: 'N' } },
  release: { kind: 'counts', universe: 'incidents', window: 'weeks' },
};
const files = (change: Readonly<Record<string, string>> = {}): QuestionFiles => {
  const texts: Readonly<Record<string, string>> = {
    'queries/a_v1/query.sql': 'SELECT 1',
    'queries/a_v1/checks.sql': '-- Why.\nWITH\nother AS (b)\nc',
    'queries/a_v1/query.json': JSON.stringify(metadata),
    ...change,
  };
  return {
    list: async () => ['README.md', 'a_v1', 'notes'],
    text: async (path) => texts[path] ?? Promise.reject(new Error(`no ${path}`)),
  };
};

describe('readQuestions', () => {
  it('reads every folder that is named as a version of a question', async () => {
    expect((await readQuestions(files())).map(({ name }) => name)).toEqual(['a_v1']);
  });

  it('names the file and the place when the metadata is wrong', async () => {
    const wrong = JSON.stringify({ ...metadata, release: { ...metadata.release, kind: 'secret' } });
    await expect(readQuestion(files({ 'queries/a_v1/query.json': wrong }), 'a_v1')).rejects.toThrow(
      /queries\/a_v1\/query\.json.*release\.kind/s,
    );
    await expect(readQuestion(files({ 'queries/a_v1/query.json': '{' }), 'a_v1')).rejects.toThrow(/query\.json.*JSON/);
  });

  it('refuses a name without a version', async () => {
    await expect(readQuestion(files(), '../a')).rejects.toThrow(/_v<number>/);
  });
});

describe('bindChecks', () => {
  it('puts the question before the checks and gives both their parameters', async () => {
    const bound = bindChecks(await readQuestion(files(), 'a_v1'), { as_of: '2026-01-01T00:00:00.000Z' });
    expect(bound.sql).toBe('-- Why.\nWITH\nanswer AS (\nSELECT 1\n),\nother AS (b)\nc');
    expect(bound.parameters).toHaveLength(2);
  });

  it('refuses checks that do not begin with WITH', async () => {
    const question = await readQuestion(files({ 'queries/a_v1/checks.sql': 'SELECT 1' }), 'a_v1');
    expect(() => bindChecks(question, { as_of: '' })).toThrow(/checks\.sql/);
  });
});
