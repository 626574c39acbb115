/** The reviewed layouts, in the order of their names. A mapping that breaks its schema stops the program at start. */

import { type Layout, layoutSchema, parseAreas } from './layout.ts';
import areasJson from './mappings/areas.json' with { type: 'json' };
import cbpNationwideEncounters from './mappings/cbp-nationwide-encounters.json' with { type: 'json' };
import codeLists from './mappings/code-lists.json' with { type: 'json' };
import iceArrests from './mappings/ice-arrests.json' with { type: 'json' };
import iceDetainers from './mappings/ice-detainers.json' with { type: 'json' };
import iceDetainersUsCitizens from './mappings/ice-detainers-us-citizens.json' with { type: 'json' };
import iceDetentionStints from './mappings/ice-detention-stints.json' with { type: 'json' };
import iceEncounters from './mappings/ice-encounters.json' with { type: 'json' };
import iceRemovals from './mappings/ice-removals.json' with { type: 'json' };
import iceRemovalsOneArea from './mappings/ice-removals-one-area.json' with { type: 'json' };
import usbpApprehensions from './mappings/usbp-apprehensions.json' with { type: 'json' };
import usbpProcessedSubjects from './mappings/usbp-processed-subjects.json' with { type: 'json' };
import yakimaDetainers from './mappings/yakima-detainers.json' with { type: 'json' };

export const layouts: readonly Layout[] = [
  cbpNationwideEncounters,
  codeLists,
  iceArrests,
  iceDetainers,
  iceDetainersUsCitizens,
  iceDetentionStints,
  iceEncounters,
  iceRemovals,
  iceRemovalsOneArea,
  usbpApprehensions,
  usbpProcessedSubjects,
  yakimaDetainers,
].map((json) => layoutSchema.parse(json));

export const areas = parseAreas(areasJson);
