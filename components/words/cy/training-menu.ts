import type { Pack } from '../pack.ts'

/** What the training menu says. */
export const cy: Pack['training'] = {
  heading: (service) => `${service}: hyfforddiant`,
  none: (service) => `Nid yw ${service} yn rhestru hyfforddiant eleni.`,
  packages: 'Gweld pecynnau a phrisiau',
  gives: 'Beth a gewch',
  suits: 'Yn addas i',
  hold: (name) => `Mae gennym eisoes eleni: ${name}`,
  adds: (name) =>
    `Ar gyfer hyfforddiant mae angen: ${name}. Caiff ei ychwanegu at eich rhestr yn awtomatig oni bai ei fod gennych.`,
  before: 'Pris llawn',
  or: (price, names) => `${price} gyda ${names}`,
  quantity: 'Faint',
  most: (most) => `Rhowch rif cyfan hyd at ${most}`,
  ask: 'Holi amdano',
  bespoke: (provider) =>
    `Byddwch yn cytuno ar y cynnwys gyda’ch gilydd, felly nid oes pwnc i’w ddewis na phris eto. Bydd ${provider} yn rhoi’r pris i chi pan fyddwch yn gofyn.`,
  contact: (provider, name) =>
    `${provider} sy’n pennu pris ${name}, felly ni ellir ei archebu yma eto. Gofynnwch yn gyntaf:`,
  rest: (name) => `I archebu gweddill eich rhestr yn awr, tynnwch ${name} oddi arni.`,
  noContact: 'Gweld sut i ofyn',
  subject: (name) => `Rhowch wybod i ni beth yw pris: ${name}`,
  referral: 'Gofynnir am hwn drwy atgyfeiriad; nid yw’n cael ei archebu yma.',
  want: 'Ei ychwanegu at eich rhestr',
  topics: 'Pynciau',
  topicsAndPeople: 'Pynciau a nifer y bobl',
  topicsHint: 'Dewiswch un neu fwy.',
  attending: 'Faint o bobl fydd yn dod',
  people: (least, most) =>
    most === undefined ? (least > 1 ? `${least} neu fwy` : 'Os ydych yn gwybod eisoes') : `${least} i ${most}`,
  peopleWrong: (least, most) =>
    most === undefined ? `Rhowch rif cyfan, ${least} neu fwy` : `Rhowch rif cyfan o ${least} i ${most}`,
}
