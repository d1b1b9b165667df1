import { pounds } from '../en/money.ts'
import type { Pack } from '../pack.ts'
import { longDate } from './money.ts'

/** What the order form says. */
export const cy: Pack['order'] = {
  steps: {
    list: 'Eich rhestr',
    school: 'Eich ysgol',
    contact: 'Â phwy y gallwn siarad',
    payment: 'Sut y byddwch yn talu',
    signatory: 'Pwy sy’n llofnodi',
    check: 'Gwirio eich atebion',
  },
  progress: (service, step, of) => `Archebu gan ${service}: cam ${step} o ${of}`,
  soFar: (pence) => `Cyfanswm ${pounds(pence)}`,
  next: 'Parhau',
  back: 'Yn ôl',
  remove: 'Tynnu allan',
  optional: (label) => `${label} (dewisol)`,
  wrong: 'Mae problem wedi codi',
  notLoaded:
    'Nid oedd y dudalen yn gallu llwytho’r hyn sydd ei angen i barhau. Nid oes dim a deipiwyd gennych wedi’i golli. Rhowch gynnig arall arni',
  empty: 'Mae eich rhestr yn wag. Dewiswch becynnau neu hyfforddiant yn gyntaf; yna dewch yn ôl yma i’w harchebu.',
  packages: 'Dewis neu newid pecynnau',
  training: 'Dewis neu newid hyfforddiant',
  opens: (title, day) => `${title}: derbynnir archebion o ${longDate(day)}. Bydd eich rhestr yn aros yma tan hynny.`,
  closed: (title, day) => `${title}: y diwrnod olaf ar gyfer archebion oedd ${longDate(day)}.`,
  hold: (name) => `Mae gennym eisoes eleni: ${name}`,
  priceLater: 'Mae’r pris yn dibynnu ar eich ysgol. Cewch ei weld cyn archebu.',
  reach: (provider, telephone, email) =>
    telephone ? `Ffoniwch ${telephone}.` : email ? `Ysgrifennwch at ${email}.` : `Gofynnwch i ${provider}.`,
  asked: {
    'items.attending': { label: 'Faint o bobl fydd yn bresennol?', what: 'nifer y bobl fydd yn bresennol' },
    'items.note': {
      label: 'Unrhyw beth y dylem ei wybod?',
      what: 'y nodyn',
      hint: 'Mewn brawddeg neu ddwy. Peidiwch ag enwi disgyblion.',
    },
  },
}
