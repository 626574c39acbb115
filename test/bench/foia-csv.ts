/** `foia.csv`: a generated text table of 600,000 rows and 23 columns from the drop folder to Parquet. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomOf } from '../../bin/sample/random.ts';

const headers =
  'Apprehension Date,Apprehension State,Apprehension County,Apprehension AOR,Final Program,Final Program Group,Apprehension Method,Apprehension Criminality,Case Status,Case Category,Departed Date,Departure Country,Final Order Yes No,Final Order Date,Birth Date,Birth Year,Citizenship Country,Gender,Apprehension Site Landmark,Alien File Number,EID Case ID,EID Subject ID,Unique Identifier';

/** Writes the table as a stream, one row a person, a fifth of the landmarks quoted, with commas and characters beyond ASCII. */
export async function generateTable(path: string, rows: number): Promise<void> {
  const random = randomOf('csv', rows);
  const methods = ['CAP Local Incarceration', 'Non-Custodial Arrest', 'Located'];
  const areas = ['Los Angeles Area of Responsibility', 'San Diego Area of Responsibility'];
  const identifier = () =>
    random
      .whole(0, 2 ** 31)
      .toString(16)
      .padStart(40, 'a');
  function* text(): Generator<string> {
    yield `${headers}\n`;
    let block = '';
    for (let row = 0; row < rows; row++) {
      const day = `${random.whole(1, 12)}/${random.whole(1, 28)}/202${random.whole(3, 5)}`;
      const landmark =
        random.next() < 0.2 ? `"GENERAL AREA, ñ ${random.whole(1, 900)}"` : `JAIL ${random.whole(1, 900)}`;
      block += `${day},CALIFORNIA,,${random.pick(areas)},ERO Criminal Alien Program,ICE,${random.pick(methods)},2 Pending Criminal Charges,ACTIVE,[8C] Excludable / Inadmissible,,,NO,,(b)(6),19${random.whole(50, 99)},MEXICO,Male,${landmark},(b)(6),(b)(7)(c),(b)(7)(c),${identifier()}\n`;
      if (block.length < 1 << 18) continue;
      yield block;
      block = '';
    }
    yield block;
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
}
