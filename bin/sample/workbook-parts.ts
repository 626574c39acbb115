/** Parts of a workbook as one archive: the same parts give the same bytes on every machine. */
import { ZipFile } from 'yazl';

export type WorkbookPart = { readonly path: string; readonly content: string | Uint8Array };
type Sheet = { readonly name: string; readonly xml: string };

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packageNs = 'http://schemas.openxmlformats.org/package/2006';

export async function zipOfParts(parts: readonly WorkbookPart[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  // DOS times carry no zone, so local midnight is the same two numbers everywhere.
  const options = { mtime: new Date(2020, 0, 1), mode: 0o100644, forceDosTimestamp: true };
  for (const { path, content } of parts) zip.addBuffer(Buffer.from(content), path, options);
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The usual parts around sheets; cell style 1 is `m/d/yyyy h:mm:ss AM/PM`, 2 is a plain day. */
export function workbookParts(sheets: readonly Sheet[], sharedStrings: readonly string[]): WorkbookPart[] {
  const relations = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  relations.push(`<Relationship Id="rIdS" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>`);
  relations.push(`<Relationship Id="rIdF" Type="${office}/styles" Target="styles.xml"/>`);
  const types = sheets.map(
    (_, at) =>
      `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  );
  const texts = sharedStrings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('');
  const named = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  return [
    {
      path: '[Content_Types].xml',
      content: `${declaration}<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>${types.join('')}</Types>`,
    },
    {
      path: '_rels/.rels',
      content: `${declaration}<Relationships xmlns="${packageNs}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      path: 'xl/workbook.xml',
      content: `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr/><sheets>${named.join('')}</sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `${declaration}<Relationships xmlns="${packageNs}/relationships">${relations.join('')}</Relationships>`,
    },
    {
      path: 'xl/styles.xml',
      content: `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yyyy\\ h:mm:ss\\ AM/PM"/></numFmts><fonts count="1"><font><sz val="10"/><name val="Arial"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    ...sheets.map(({ xml }, at) => ({
      path: `xl/worksheets/sheet${at + 1}.xml`,
      content: `${declaration}<worksheet xmlns="${main}">${xml}</worksheet>`,
    })),
    {
      path: 'xl/sharedStrings.xml',
      content: `${declaration}<sst xmlns="${main}" count="${sharedStrings.length}" uniqueCount="${sharedStrings.length}">${texts}</sst>`,
    },
  ];
}
