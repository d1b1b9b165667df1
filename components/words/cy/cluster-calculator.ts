import type { Fact } from '../../../catalogue/schema/price.ts'
import { pounds } from '../en/money.ts'
import type { Pack } from '../pack.ts'

const number = (value: number) => value.toLocaleString('en-GB')
/** After a number stands one thing, or "o" and several with a soft mutation: "1 ysgol", "24 o ddisgyblion". */
const counted = (count: number, one: string, many: string) => `${number(count)} ${count === 1 ? one : `o ${many}`}`
const facts: Record<Fact, [string, string]> = {
  pupils: ['disgybl', 'ddisgyblion'],
  schools: ['ysgol', 'ysgolion'],
  staff: ['aelod o staff', 'aelodau o staff'],
  classes: ['dosbarth', 'ddosbarthiadau'],
}
const wrong: Record<string, string> = {
  'whole-number': 'Rhowch rif cyfan, er enghraifft 210',
  'too-small': 'Rhowch 1 neu fwy',
  'too-large': 'Rhowch 100,000 neu lai',
  'too-long': 'Rhowch enw o 120 llythyren ar y mwyaf',
  'phase-not-priced': 'Nid oes pris ar gyfer y math hwn o ysgol. Gofynnwch i’r darparwr.',
  'out-of-area': 'Nid yw’r darparwr yn gwasanaethu’r ardal hon. Gwiriwch hi, neu gofynnwch i’r darparwr.',
  'not-in-district': 'Nid yw hwn ar werth yn yr ardal hon. Gofynnwch i’r darparwr.',
}
const missing: Record<string, string> = {
  name: 'Rhowch enw’r ysgol',
  pupils: 'Rhowch nifer y disgyblion ar y gofrestr',
  phase: 'Dewiswch y math o ysgol',
  district: 'Rhowch yr ardal',
  staff: 'Rhowch nifer y staff',
  classes: 'Rhowch nifer y dosbarthiadau',
}

/** What the cluster calculator says. */
export const cy: Pack['cluster'] = {
  heading: (service) => `${service}: y pris i’ch clwstwr`,
  none: (service) =>
    `Nid oes gan ${service} danysgrifiad i grwpiau o ysgolion. Gallwch weld beth y mae’n ei gynnig i bob ysgol.`,
  packages: 'Gweld pecynnau a phrisiau',
  hold: (name) => `Mae gennym eisoes eleni: ${name}`,
  further: 'Archebu rhagor i’ch clwstwr: gweld pecynnau a phrisiau',
  schools: 'Eich ysgolion',
  how: 'Teipiwch enw pob ysgol a nifer y disgyblion ar ei chofrestr. Gallwch hefyd ludo rhesi o daenlen i unrhyw faes.',
  nameHead: 'Ysgol',
  pupilsHead: 'Disgyblion ar y gofrestr',
  name: (row) => `Enw ysgol ${row}`,
  pupils: (row) => `Disgyblion ar y gofrestr, ysgol ${row}`,
  phase: (row) => `Math o ysgol, ysgol ${row}`,
  district: (row) => `Ardal ysgol ${row}`,
  staff: (row) => `Nifer y staff, ysgol ${row}`,
  classes: (row) => `Nifer y dosbarthiadau, ysgol ${row}`,
  class: 'Pwy sy’n prynu',
  choose: 'Dewiswch un',
  remove: 'Tynnu',
  removeRow: (row) => `ysgol ${row}`,
  add: 'Ychwanegu rhes',
  full: 'Mae’r rhestr yn llawn: gall gynnwys 500 o ysgolion.',
  paste: 'Gludo rhestr',
  pasteHint:
    'Un ysgol ar bob llinell: ei henw, yna nifer y disgyblion ar y gofrestr. Copïwch y ddwy golofn o’ch taenlen.',
  usePaste: 'Defnyddio’r rhestr hon',
  tooMany: (rows) =>
    `Byddai hynny’n gwneud ${number(rows)} o ysgolion. Gall clwstwr gynnwys 500 ar y mwyaf. Ni newidiwyd dim: gwnewch y rhestr yn fyrrach a rhowch gynnig arall arni.`,
  pasted: ({ added }) =>
    added
      ? `Ychwanegwyd ${counted(added, 'ysgol', 'ysgolion')}.`
      : 'Ni ddaethpwyd o hyd i unrhyw ysgol yn yr hyn a ludwyd.',
  leftOut: ({ line, what }) =>
    what === 'total' ? `Hepgorwyd llinell ${line}: cyfanswm ydyw.` : `Hepgorwyd llinell ${line}: pennawd ydyw.`,
  toMend: (line, row, sentence) => `Llinell ${line} (ysgol ${row}): ${sentence}.`,
  wrong: (code, field) => (code === 'required' ? missing[field] : wrong[code]) ?? 'Gwiriwch yr ateb hwn',
  work: 'Cyfrifo’r pris',
  price: 'Beth yw’r gost',
  start: 'Rhowch nifer y disgyblion ar gofrestr pob ysgol i weld y pris.',
  notCounted: (rows) =>
    `Nid yw ${counted(rows, 'ysgol', 'ysgolion')} yn y pris hwn eto: mae nifer y disgyblion ar goll neu’n anghywir.`,
  alone: 'Grŵp o ysgolion yw clwstwr. Ychwanegwch o leiaf un arall.',
  band: (from, below, fact, hours) =>
    `${below ? `${number(from)} i ${number(below - 1)}` : `${number(from)} neu fwy`} o ${facts[fact][1]}: ${hours}`,
  next: (more, fact, hours) => `${counted(more, ...facts[fact])} yn rhagor: ${hours}`,
  top: 'Dyma’r nifer mwyaf o oriau y gall clwstwr eu cael.',
  unpriced: 'Ni ellir prisio hyn fel y mae. Gwiriwch yr atebion sydd wedi’u marcio, neu gofynnwch i’r darparwr.',
  addToList: 'Ychwanegu at eich rhestr',
  update: 'Diweddaru eich rhestr',
  inList: 'Mae hyn yn eich rhestr.',
  order: 'Ymlaen i’r archeb',
  shares: 'Beth y mae pob ysgol yn ei dalu',
  share: 'Cyfran',
  total: 'Cyfanswm',
  unnamed: (row) => `Ysgol ${row}`,
  compare: 'Yr un oriau, wedi’u prynu yn ôl yr angen',
  way: 'Sut yr ydych yn prynu',
  hours: 'Oriau',
  cost: 'Pris',
  less: (pence, name) =>
    pence > 0
      ? `Mae ${name} yn costio ${pounds(pence)} yn llai.`
      : pence < 0
        ? `Mae ${name} yn costio ${pounds(-pence)} yn fwy.`
        : 'Mae’r ddau’n costio’r un faint.',
  csv: 'Lawrlwytho fel taenlen (CSV)',
  print: 'Argraffu’r dudalen hon',
  file: 'clwstwr.csv',
  phases: {
    nursery: 'Meithrin',
    primary: 'Cynradd',
    secondary: 'Uwchradd',
    'all-through': 'Pob oed',
    'sixteen-plus': '16 i 19',
    special: 'Arbennig',
    alternative: 'Darpariaeth amgen',
  },
  classesOfBuyer: {
    maintained: 'Ysgolion a gynhelir',
    academy: 'Academïau',
    independent: 'Ysgolion annibynnol',
    charity: 'Elusennau',
    'local-authority': 'Awdurdod lleol',
    other: 'Rhywun arall',
  },
}
