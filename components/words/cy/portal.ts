import type { Pack } from '../pack.ts'
import { longDate } from './money.ts'

/** What the portal's pages say around the widgets. */
export const cy: Pack['portal'] = {
  skip: 'Neidio i’r prif gynnwys',
  home: 'Pob darparwr',
  pages: {
    packages: 'Pecynnau a phrisiau',
    training: 'Hyfforddiant',
    cluster: 'Pris clwstwr',
    order: 'Eich archeb',
    referral: 'Atgyfeirio disgybl',
  },
  what: {
    packages: 'Gweld beth y mae pob pecyn yn ei roi a beth yw’r gost i’ch ysgol, a gwneud rhestr.',
    training: 'Dewis pynciau a hyd yr hyfforddiant, a gweld y pris.',
    cluster: 'Cyfrifo’r pris i ysgolion sy’n prynu gyda’i gilydd, a chyfran pob ysgol.',
    order: 'Gwirio eich rhestr a gosod yr archeb.',
    referral: 'Sut i ofyn am gymorth neu le i un disgybl.',
  },
  breadcrumb: 'Ble rydych chi',
  menu: 'Tudalennau’r darparwr hwn',
  demonstration: (day) => `Arddangosiad: heddiw yw ${longDate(day)}.`,
  madeWith: 'Gwnaed gydag Outreach Kit',
  providers: 'Cymorth i ysgolion, fesul darparwr',
  choose: 'Dewiswch y gwasanaeth sy’n gweithio gyda’ch ysgol.',
  notFound: 'Ni ddaethpwyd o hyd i’r dudalen',
  notFoundHelp: 'Gwiriwch y cyfeiriad, neu ewch i’r rhestr o ddarparwyr.',
  failed: 'Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth',
  failedHelp:
    'Nid oes dim a ddewiswyd gennych wedi’i golli. Rhowch gynnig arall arni ymhen ychydig funudau, neu cysylltwch â’r darparwr.',
  busy: 'Gormod o geisiadau',
  busyHelp: 'Gofynnwyd am lawer iawn o dudalennau o’ch lleoliad chi. Arhoswch funud, yna llwythwch y dudalen hon eto.',
  referralIntro: 'Gofynnir am y rhain fesul disgybl, felly nid ydynt yn rhan o archeb.',
  referralHow: (provider) =>
    `I ofyn, cysylltwch â ${provider} a dywedwch i ba ysgol yr ydych yn gweithio. Peidiwch ag anfon enw disgybl na’i anghenion drwy e-bost.`,
  placePrice: (price, weeks) =>
    `${price}${weeks ? ` am le am ${weeks} wythnos` : ''}; codir y tâl dim ond os rhoddir lle`,
  noReferral: 'Nid oes dim gan y darparwr hwn y gofynnir amdano drwy atgyfeiriad.',
  telephone: 'Ffôn',
  email: 'E-bost',
  website: 'Gwefan',
  expectProvider: 'Beth y gallwch ei ddisgwyl',
  expectSchool: 'Beth a ddisgwylir gan ysgolion',
  arrangements: 'Trefniadau eraill',
  year: (from, to) => `Cymorth o ${longDate(from)} i ${longDate(to)}`,
}
