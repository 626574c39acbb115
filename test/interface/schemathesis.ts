import type { PythonTool } from '../cloud/python-tool.ts';

/** Sends a service what its description allows and what it does not, and holds each answer against it. */
export const schemathesis: PythonTool = {
  name: 'schemathesis',
  version: '4.32.5',
  requirements: new URL('schemathesis.requirements.txt', import.meta.url),
};
