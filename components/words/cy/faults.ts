import type { Pack } from '../pack.ts'
import { longDate } from './money.ts'

const number = (value = 0) => value.toLocaleString('en-GB')

/** A sentence for each fault that says what to do. What is asked begins with a sound that nothing mutates, so that it can follow a verb: see `what` in `onward.ts`. */
export const cy: Pack['faults'] = {
  required: (_, { what, isChoice }) => `${isChoice ? 'Dewiswch' : 'Rhowch'} ${what}`,
  choose: (_, { what }) => `Dewiswch ${what}`,
  'wrong-type': (_, { what }) => `Gwiriwch ${what}`,
  'too-long': ({ most }, { What }) => `${What}: ${number(most)} o nodau ar y mwyaf`,
  'too-many': ({ most }) => `Tynnwch rai allan: ${number(most)} ar y mwyaf a ganiateir`,
  'too-small': ({ least }, { What }) => `${What}: rhaid iddo fod yn ${number(least)} neu fwy`,
  'too-large': ({ most }, { What }) => `${What}: rhaid iddo fod yn ${number(most)} neu lai`,
  'whole-number': (_, { what }) => `Rhowch ${what} mewn digidau, er enghraifft 24`,
  'not-text': (_, { What }) => `${What}: mae nod na ellir ei ddarllen. Teipiwch ef eto yn lle ei ludo`,
  'not-an-id': (_, { what }) => `Gwiriwch ${what}`,
  'not-a-date': (_, { what }) => `Gwiriwch ${what}`,
  email: (_, { what }) => `Rhowch ${what} yn llawn, er enghraifft swyddfa@ysgol.example`,
  urn: () => 'Rhowch chwe digid y cyfeirnod unigryw, neu gadewch ef yn wag',
  'ledger-code': () => 'Defnyddiwch lythrennau, digidau, bylchau a . / _ - yn unig yn y cod cyfriflyfr',
  'unknown-offer': (_, { wanting }) => `Nid yw ${wanting} ar gael bellach. Tynnwch ef o’ch rhestr`,
  'unknown-option': (_, { wanting }) =>
    `Nid yw’r hyd hwn o ${wanting} ar gael bellach. Tynnwch ef allan a dewiswch un arall`,
  'unknown-topic': (_, { wanting }) => `Nid yw un o bynciau ${wanting} ar gael bellach. Dewiswch y pynciau eto`,
  'unknown-group': () => 'Nid yw’r grŵp hwn yn bodoli. Hepgorwch ef',
  'quantity-least': ({ least }, { wanting }) =>
    `${wanting}: rhaid archebu ${number(least)} neu fwy. Newidiwch eich rhestr`,
  'quantity-most': ({ most }, { wanting }) =>
    `${wanting}: gellir archebu ${number(most)} ar y mwyaf. Newidiwch eich rhestr`,
  'attending-least': ({ least }) => `Rhaid i o leiaf ${number(least)} o bobl fod yn bresennol`,
  'attending-most': ({ most }) => `Gall ${number(most)} o bobl ar y mwyaf fod yn bresennol. Archebwch eto i’r lleill`,
  'too-many-schools': ({ most }) => `Gall ${number(most)} o ysgolion ar y mwyaf brynu gyda’i gilydd`,
  'out-of-area': ({ servedBy }, { called, reach }) =>
    servedBy
      ? `Gwasanaethir yr ardal hon gan ${called(servedBy)}. Archebwch yno, neu dewiswch ardal arall`
      : `Ni wasanaethir yr ardal hon yma. Dewiswch ardal arall, neu gofynnwch i ni pwy sy’n gwasanaethu eich un chi. ${reach}`,
  'not-in-district': (_, { wanting }) => `Ni chynigir ${wanting} yn eich ardal. Tynnwch ef o’ch rhestr`,
  'phase-not-priced': (_, { reach }) => `Nid oes pris i ysgolion o’r cyfnod hwn. ${reach}`,
  'outside-catalogue': () => 'Nid yw’r rhestr brisiau hon ar gyfer y diwrnod hwn. Llwythwch y dudalen eto',
  'not-open': ({ opensOn, closedOn }, { reach }) =>
    closedOn
      ? `Y diwrnod olaf ar gyfer archebion oedd ${longDate(closedOn)}. ${reach}`
      : opensOn
        ? `Derbynnir archebion o ${longDate(opensOn)}. Dewch yn ôl bryd hynny`
        : `Ni dderbynnir archebion heddiw. ${reach}`,
  'by-referral': (_, { wanting }) =>
    `Gofynnir am ${wanting} drwy atgyfeiriad ac ni ellir ei archebu. Tynnwch ef o’ch rhestr`,
  'on-request': (_, { wanting, reach }) =>
    `Rhoddir pris ${wanting} ar gais. Tynnwch ef o’ch rhestr, a gofynnwch i ni. ${reach}`,
  'must-hold': ({ offer }, { wanting, called }) =>
    `Dim ond ar ôl ${called(offer ?? '')} y gellir archebu ${wanting}. Ychwanegwch hwnnw at eich rhestr, neu tynnwch ${wanting} allan`,
  'payment-not-offered': () => 'Dewiswch ffordd arall o dalu: ni chynigir hon',
}
