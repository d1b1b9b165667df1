import type { Pack } from '../pack.ts'

/** What the package picker says. */
export const cy: Pack['packages'] = {
  heading: (service) => `${service}: cymorth a phrisiau`,
  groups: {
    base: 'Dechreuwch yma',
    packages: 'Pecynnau',
    hours: 'Fesul awr',
    training: 'Hyfforddiant',
    cluster: 'I ysgolion sy’n prynu gyda’i gilydd',
    places: 'Lleoliadau i ddisgyblion',
  },
  none: 'Nid oes dim ar y rhestr brisiau hon eto.',
  add: 'Ychwanegu',
  quantity: 'Faint',
  hold: 'Mae hwn gennym eisoes eleni',
  added: 'Mae yn eich rhestr yn awtomatig, gan fod popeth arall yn dibynnu arno.',
  gives: 'Beth a gewch',
  suits: 'Yn addas i',
  most: (most) => `Rhowch rif cyfan hyd at ${most}`,
  needs: (name) => `Dim ond ar ôl ${name}.`,
  ask: 'Gofyn am hwn',
  chooseTraining: 'Dewis hyfforddiant',
  workOut: 'Cyfrifo’r pris',
  compare: 'Cymharu ochr yn ochr',
  notProvided: 'Beth nad yw’r gwasanaeth yn ei wneud',
}
