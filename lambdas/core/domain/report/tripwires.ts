/** The tripwires themselves: what numbers look like and which phrases introduce a person, in English and Spanish. `prohibited.ts` says what they are for. */
export type TextKind =
  /** Sentences. */
  | 'prose'
  /** The name of an official in a field made for it. */
  | 'official'
  /** The reporter's own work contact. */
  | 'contact'
  /** The address of a city place. */
  | 'place'
  /** A record number or reference. */
  | 'identifier';

export type Tripwire = {
  readonly code: string;
  readonly spares?: readonly TextKind[];
  /** Lower-case pieces of which the text must hold one before the pattern is worth trying: looking for a piece is far cheaper than the pattern. */
  readonly hints?: readonly string[];
  /** How many digits the text must hold before the pattern is worth trying. */
  readonly digits?: number;
  /** Whether capitals matter; all other patterns are tried on the text in lower case. */
  readonly cased?: true;
  readonly pattern: RegExp;
};

const countries = [
  'mexico',
  'méxico',
  'guatemala',
  'honduras',
  'el salvador',
  'nicaragua',
  'cuba',
  'haiti',
  'haití',
  'venezuela',
  'colombia',
  'ecuador',
  'peru',
  'perú',
  'brazil',
  'brasil',
  'china',
  'india',
  'philippines',
  'filipinas',
  'armenia',
  'iran',
  'irán',
  'korea',
  'corea',
  'vietnam',
  'russia',
  'rusia',
  'ukraine',
  'ucrania',
  'nigeria',
  'jamaica',
  'bolivia',
  'argentina',
  'chile',
  'costa rica',
  'panama',
  'panamá',
  'dominican republic',
  'república dominicana',
];
const country = `(?:${countries.join('|')})`;
const nationalities = [
  'mexican',
  'guatemalan',
  'honduran',
  'salvadoran',
  'salvadorian',
  'nicaraguan',
  'cuban',
  'haitian',
  'venezuelan',
  'colombian',
  'ecuadorian',
  'peruvian',
  'brazilian',
  'chinese',
  'indian',
  'filipino',
  'armenian',
  'iranian',
  'korean',
  'vietnamese',
  'russian',
  'ukrainian',
  'nigerian',
  'jamaican',
  'bolivian',
];
const nationality = `(?:${nationalities.join('|')})`;
const nacionalidades = [
  'mexican',
  'guatemaltec',
  'hondureñ',
  'salvadoreñ',
  'nicaragüense',
  'cuban',
  'haitian',
  'venezolan',
  'colombian',
  'ecuatorian',
  'peruan',
  'brasileñ',
  'chin',
  'filipin',
  'armeni',
  'iraní',
  'corean',
  'vietnamit',
  'rus',
  'ucranian',
  'bolivian',
];
const nacionalidad = `(?:${nacionalidades.join('|')})[oa]?s?`;
const person =
  '(?:man|men|woman|women|person|people|male|female|national|nationals|citizen|citizens|worker|workers|employee|boy|girl|immigrant|immigrants|family|vendor|vendors|student|resident|individual|individuals)';
const persona =
  '(?:hombres?|mujer(?:es)?|personas?|señor(?:a|es|as)?|trabajador(?:a|es|as)?|emplead[oa]s?|niñ[oa]s?|joven|jóvenes|vendedor(?:a|es|as)?|estudiantes?|individuos?)';
const capital = '[A-ZÁÉÍÓÚÑ][a-záéíóúñü]';

export const tripwires: readonly Tripwire[] = [
  {
    code: 'E501',
    hints: [
      'undoc',
      'illegal',
      'unlawful',
      'alien',
      'citizen',
      'national',
      'green',
      'resident',
      'visa',
      'overst',
      'asyl',
      'asil',
      'refug',
      'daca',
      'dreamer',
      'tps',
      'status',
      'papers',
      'indocument',
      'papeles',
      'sin documentos',
      'estatus',
      'migratori',
      'ciudadan',
    ],
    pattern:
      /\bundocumented\b|\bundocs?\b|\billegals\b|\billegal (?:alien|immigrant|migrant|person|worker|resident)s?\b|\b(?:in the (?:country|u\.?s\.?|united states)|entered|here) (?:illegally|unlawfully)\b|\b(?:criminal|removable|deportable|resident|criminal illegal) aliens?\b|\bnon-?citizens?\b|\bforeign nationals?\b|\b(?:u\.?s\.?|united states|american|naturali[sz]ed) citizens?\b|\b(?:is|was|are|were|not|a) (?:a )?citizens? of\b|\bgreen[- ]card(?: holder)?\b|\b(?:lawful |legal )?permanent residents?\b|\bvisa (?:holder|overstay|expired)\b|\boverstay(?:ed|s)?\b|\basylum[- ]seekers?\b|\basylees?\b|\brefugees?\b|\bdaca\b|\bdreamers?\b|\btps (?:holder|recipient|status)\b|\bwithout (?:legal )?(?:papers|status)\b|\b(?:immigration|citizenship|legal) status\b\s*(?:is|was|are|were|:|=|-|unknown|expired|confirmed)|\b(?:has|have|had) no (?:legal )?(?:papers|status)\b|\bindocumentad[oa]s?\b|\bsin (?:papeles|documentos|estatus)\b|\b(?:inmigrante|migrante|trabajador|persona|extranjer[oa])(?:e?s)? ilegal(?:es)?\b|\best(?:atus|ado) migratori[oa]\b\s*(?:es|era|:|=|-|de|irregular|vencido)|\bresidentes? (?:legal(?:es)? )?permanentes?\b|\bciudadan[oa]s? (?:estadounidenses?|american[oa]s?|de (?:los )?estados unidos)\b|\b(?:es|era|son|eran) ciudadan[oa]s?\b|\bsolicitantes? de asilo\b|\brefugiad[oa]s?\b|\bvisa vencida\b/u,
  },
  {
    code: 'E502',
    hints: [
      ...countries,
      ...nationalities,
      ...nacionalidades,
      'origin',
      'birth',
      'native',
      'national',
      'citizen',
      'born',
      'nacimiento',
      'naci',
      'oriund',
      'nacionalidad',
    ],
    pattern: new RegExp(
      [
        '\\b(?:country|place) of (?:birth|origin)\\b',
        '\\b(?:native|national|citizen)s? of (?!the city)',
        '\\bborn in \\p{L}',
        `\\b(?:from|of) (?<!new )${country}\\b`,
        `\\b${nationality} ${person}\\b`,
        '\\bnationality\\b',
        '\\bnacionalidad\\b',
        '\\bpaís de (?:nacimiento|origen)\\b',
        '\\blugar de nacimiento\\b',
        '\\bnaci(?:ó|o|d[oa]s?) en\\b',
        '\\b(?:originari|oriund)[oa]s? de\\b',
        `\\bde (?:origen )?${country}(?![\\p{L}])`,
        `\\b${persona} (?:de origen )?${nacionalidad}(?![\\p{L}])`,
      ].join('|'),
      'u',
    ),
  },
  {
    code: 'E503',
    digits: 7,
    pattern:
      /(?<![\p{L}\d])a[\s#.:-]{0,3}\d(?:[\s.-]?\d){6,8}(?![\s.-]?\d)|\balien (?:registration )?(?:number|no\.?|#)/u,
  },
  {
    code: 'E504',
    digits: 4,
    pattern:
      /(?<![\d-])\d{3}[-\s.]\d{2}[-\s.]\d{4}(?![\d-])|\b(?:ssn|itin|social security(?: (?:number|no\.?))?|seguro social)\b\D{0,12}\d(?:[\s.-]?\d){3,8}/u,
  },
  {
    code: 'E505',
    hints: ['dob', 'd.o.b', 'o.b', 'birth', 'born', 'nac', 'cumple'],
    pattern:
      /\bd\.?o\.?b\b\.?|\b(?:date of birth|birth ?dates?|birthday)\b|\bborn (?:on|in)? ?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )?\d|\bborn (?:on )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\bfecha de nacimiento\b|\bnaci(?:ó|o|d[oa]) el\b|\bcumpleaños\b/u,
  },
  {
    code: 'E506',
    digits: 7,
    spares: ['contact', 'identifier'],
    pattern:
      /(?<![\d-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}(?![\d-])|(?<![\d#-])[2-9]\d{2}[2-9]\d{6}(?!\d)|\+\d{1,3}(?:[\s.-]?\d){8,12}(?!\d)|\b(?:phone|cell|tel|teléfono|telefono|celular)\b\.?\D{0,12}\d{3}[\s.-]?\d{4}/u,
  },
  {
    code: 'E507',
    hints: ['@', 'at)', 'at]'],
    spares: ['contact'],
    pattern: /[\p{L}\d._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]{1,63}(?:\.|\s?\(dot\)\s?)\p{L}{2,}/u,
  },
  {
    code: 'E508',
    hints: [
      'home',
      'liv',
      'resid',
      'house',
      'apartment',
      'domicilio',
      'vive',
      'casa',
      'apt',
      'apartamento',
      'depto',
      'vivía',
    ],
    pattern:
      /\bhome address\b|\b(?:liv(?:es?|ed|ing)|resid(?:es?|ed|ing)) (?:at|on|in (?:the )?(?:apartment|unit|house|apt)|near) ?[\p{L}\d#]|\b(?:his|her|their) (?:home|house|apartment|residence) (?:at|on|is)\b|\bresidence (?:at|of)\b|\bdomicilio\b|\b(?:vive|viven|reside|residen|vivía) en\b|\bcasa de(?:l| la)? (?:señor|señora|familia|sr|sra)\b|\bsu casa\b|\b(?:apt|apartment|apartamento|depto)\.? ?#? ?\d/u,
  },
  {
    code: 'E509',
    hints: ['pass', 'pasa', 'licen', 'consular', 'dl', 'cid'],
    pattern:
      /\b(?:passport|pasaporte)\b[^.;\n]{0,24}?\d{5,}|\bdriver'?s?'? licen[sc]e\b[^.;\n]{0,24}?\d{4,}|\blicencia de (?:conducir|manejar)\b[^.;\n]{0,24}?\d{4,}|\bmatr[ií]cula consular\b|\bconsular id\b|\b(?:dl|cdl|cid)\s?(?:no\.?|number|#|:)\s?[a-z]?\d{4,}|\bdl [a-z]\d{7}\b/u,
  },
  {
    code: 'E510',
    cased: true,
    hints: [
      'name',
      'identified',
      'mr',
      'ms',
      'miss',
      'mx',
      'sr',
      'señor',
      'don',
      'doña',
      'llama',
      'nombre',
      'i am',
      "i'm",
    ],
    spares: ['official', 'contact', 'place', 'identifier'],
    pattern: new RegExp(
      [
        `(?<!(?:[Pp]ark|[Ll]ibrary|[Cc]enter|[Ff]acility|[Bb]uilding|[Ss]treet|[Ss]ite|[Pp]laza|[Pp]roperty|[Pp]lace|[Oo]peration|[Rr]oom|[Ll]ot|[Ss]tation) )\\b[Nn]amed (?:as )?${capital}`,
        `\\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Ww]hose|[Ff]irst|[Ll]ast|[Ff]ull) (?:first |last |full )?names? (?:is|was|are|were|as|of)? ?:? ?${capital}`,
        `\\b[Nn]ames?: ?${capital}`,
        `\\b[Ii]dentified (?:himself|herself|themselves|themself)? ?as (?!Immigration|Homeland|Customs|Border|Federal|National|Department|Special|Deputy|Agent|Officer)${capital}[a-z]+ ${capital}`,
        `\\b(?:Mr|Mrs|Ms|Miss|Mx|Sr|Sra|Srta|Señor|Señora|Señorita|Don|Doña)\\b\\.? ${capital}`,
        `\\b[Ss]e llama(?:ba|n|ban)? ${capital}`,
        `\\b[Ss]u nombre (?:completo )?(?:es|era|:) ?${capital}`,
        `\\b[Nn]ombres?: ?${capital}`,
        `\\bde nombre ${capital}`,
        `\\bllamad[oa]s? ${capital}`,
        `\\b(?:I am|I'm|[Mm]e llamo) ${capital}[\\p{L}]+ ${capital}`,
      ].join('|'),
      'u',
    ),
  },
];
