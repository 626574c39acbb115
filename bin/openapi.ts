/** `npm run openapi`: writes docs/openapi.json, the description of the interface that a department's programmer reads. A test says when it no longer is what the routes and schemas make. */
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '#core/domain/report/openapi.ts';
import { routes } from '#functions/triggers.ts';

const place = new URL('../docs/openapi.json', import.meta.url);
writeFileSync(place, `${JSON.stringify(openApiDocument(routes), null, 2)}\n`);
