import type { Pack } from '../pack.ts'

/** What only the portal says about referrals. */
export const cy: Pack['referralPages'] = {
  ask: 'Dewiswch am beth rydych yn gofyn. Nid oes angen cyfrif arnoch.',
  otherAddress:
    'Rydych eisoes wedi dechrau’r atgyfeiriad hwn gyda chyfeiriad arall. Gwasgwch y botwm unwaith eto i’w ddechrau gyda’r un hwn',
  places: 'Pa leoedd a chymorth sydd ar gael',
  onlyIf: (label, answer) => `Dim ond os mai “${answer}” yw eich ateb i “${label}”`,
  onlyYours:
    'Mae cydweithiwr wedi gofyn i chi orffen y rhannau hyn. Cedwir yr hyn a gadwch ar eu cyfer, a nhw sy’n anfon yr atgyfeiriad.',
  allYours:
    'Dyna’r cyfan: mae eich rhannau wedi’u gorffen a’u cadw. Eich cydweithiwr sy’n anfon yr atgyfeiriad. Tan hynny gallwch eu newid yma o hyd.',
  throwAway: {
    title: 'Dileu’r drafft hwn',
    about:
      'Caiff popeth a ysgrifennwyd ynddo ei ddileu ar unwaith, ac nid yw ei ddolenni’n agor dim mwyach. Dywedir wrth y cydweithwyr a adawyd i mewn. Ni ellir dadwneud hyn.',
    send: 'Ei ddileu nawr',
    done: 'Mae’r drafft wedi’i ddileu',
    doneAbout:
      'Ni chedwir dim a ysgrifennwyd ynddo, ac nid aeth dim ohono at y darparwr. Dywedir drwy e-bost wrth y cydweithwyr a adawyd gennych i mewn.',
  },
  sentByColleague: 'Mae eich cydweithiwr wedi anfon yr atgyfeiriad hwn. Diolch: nid oes dim mwy i’w wneud yma.',
  leave: 'Cau’r atgyfeiriad hwn ar y cyfrifiadur hwn',
  leaveAbout:
    'Ar gyfrifiadur y mae eraill yn ei ddefnyddio hefyd, caewch ef pan fyddwch yn stopio. Mae’r ddolen yn ein e-bost yn ei agor eto.',
  colleague: 'Gadael i gydweithiwr orffen rhan',
  colleagueAbout: 'Mae eich cydweithiwr yn cael dolen drwy e-bost sy’n agor y rhannau a ddewiswch, a dim arall.',
  colleagueParts: 'Pa rannau?',
  colleagueAddress: 'Cyfeiriad e-bost gwaith eich cydweithiwr',
  colleagueSend: 'Anfon y ddolen',
  colleagueIn: (email) => `Mae dolen ar ei ffordd i ${email}. Cewch e-bost pan fydd eich cydweithiwr wedi gorffen.`,
  colleagueNone: 'Mae pob rhan wedi’i gorffen, felly nid oes dim i gydweithiwr ei orffen.',
  colleaguesMost: (most) =>
    `Ni ellir gadael mwy na ${most} o gydweithwyr i mewn. Cymerwch ddolen nad oes ei hangen mwyach yn ôl`,
  colleagueHas: 'Dolenni rydych wedi’u hanfon',
  colleagueOut: (email) => `Cymryd dolen ${email} yn ôl`,
  door: {
    title: 'Agor eich atgyfeiriad',
    lead: 'Fel nad oes neb arall yn ei agor, teipiwch y cyfeiriad e-bost yr anfonwyd y ddolen hon iddo.',
    label: 'Y cyfeiriad e-bost yr anfonwyd y ddolen iddo',
    open: 'Agor',
    wrong: (left) =>
      left === 1
        ? 'Nid i’r cyfeiriad hwnnw yr anfonwyd y ddolen hon. Gallwch roi cynnig arni unwaith eto'
        : `Nid i’r cyfeiriad hwnnw yr anfonwyd y ddolen hon. Gallwch roi cynnig arni ${left} o weithiau eto`,
    locked:
      'Mae’r ddolen hon wedi’i chloi, gan fod pum cyfeiriad arall wedi’u teipio. Mae dolen newydd yn agor yr atgyfeiriad eto.',
    over: 'Mae’r ddolen hon wedi dod i ben, neu mae un newydd wedi cymryd ei lle. Mae dolen newydd yn agor yr atgyfeiriad eto.',
    'taken-back':
      'Mae eich cydweithiwr wedi cymryd y ddolen hon yn ôl. Os oes gennych rywbeth i’w orffen o hyd, gofynnwch i’ch cydweithiwr eich gadael i mewn eto.',
    unknown:
      'Nid oes dim y tu ôl i’r ddolen hon. Efallai ei bod wedi’i thorri: copïwch y cyfan ohoni o’r e-bost. Neu roedd ei hamser ar ben: mae’r hyn na anfonwyd mewn pryd, a’r hyn na chedwir mwyach, wedi’i ddileu.',
    again: 'Anfon dolen newydd ataf',
    againAbout: 'Mae dolen newydd yn mynd i’r un cyfeiriad â hon, unwaith bob deng munud ar y mwyaf.',
    sent: 'Os oedd y ddolen hon yn un o’n rhai ni, mae un newydd ar ei ffordd i’r cyfeiriad yr anfonwyd hi iddo. Gall gymryd ychydig funudau. Ni ddaw yr un os yw’r cyfeiriad wedi cael gormod gennym heddiw: gofynnwch eto yfory.',
  },
  needed: {
    title: 'Agorwch y ddolen yn ein e-bost',
    text: [
      'Mae’r dudalen hon am un disgybl, felly dim ond am ychydig oriau ar ôl i rywun ddod drwy’r ddolen yn ein e-bost y mae’n agor. Mae’r amser hwnnw ar ben, neu nid ydych wedi dod drwy’r ddolen.',
      'Agorwch y ddolen yn yr e-bost diweddaraf am yr atgyfeiriad. Neu gofynnwch am ddolen newydd: teipiwch y cyfeiriad y daw’r negeseuon hyn iddo.',
    ],
    label: 'Eich cyfeiriad e-bost gwaith',
    send: 'Anfon dolen newydd ataf',
    sent: 'Os yw’r atgyfeiriad yn adnabod y cyfeiriad hwn, mae dolen newydd ar ei ffordd iddo. Gall gymryd ychydig funudau. Un ar y mwyaf sy’n mynd bob deng munud: os ydych wedi gofyn o’r blaen, chwiliwch am yr e-bost hwnnw. Ni ddaw yr un os yw’r cyfeiriad wedi cael gormod gennym heddiw: gofynnwch eto yfory.',
    takenBack:
      'Mae eich cydweithiwr wedi cymryd eich dolen yn ôl. Os oes gennych rywbeth i’w orffen o hyd, gofynnwch i’ch cydweithiwr eich gadael i mewn eto.',
  },
  held: {
    title: 'Heb ei gadw eto',
    lost: 'Ni chadwyd hyn',
    closed:
      'Buoch i ffwrdd am ychydig, felly mae’r atgyfeiriad wedi cau ar y cyfrifiadur hwn. Mae’r hyn a deipiwyd gennych ar y dudalen hon o hyd.',
    busy: 'Nid oedd modd cadw hyn nawr. Mae’r hyn a deipiwyd gennych ar y dudalen hon o hyd.',
    sent: 'Mae’r atgyfeiriad wedi’i anfon yn y cyfamser, felly ni ellir newid dim ynddo mwyach.',
    over: 'Ni ellir gwneud hyn mwyach: mae rhywbeth wedi digwydd yn y cyfamser.',
    takenBack:
      'Mae eich cydweithiwr wedi cymryd eich dolen yn ôl, felly ni allwch gadw dim yma. Gofynnwch i’ch cydweithiwr.',
    open: 'Yn gyntaf agorwch y ddolen yn ein e-bost mewn tab arall. Yna dewch yn ôl i’r tab hwn a’i gadw.',
    link: 'Gofyn am ddolen newydd',
    save: 'Cadw nawr',
    copy: 'Yr hyn a deipiwyd gennych, i chi ei gopïo:',
    typed: 'Yr hyn a deipiwyd gennych',
    back: 'Gweld sut mae’r atgyfeiriad yn dod ymlaen',
  },
  privacy: {
    title: 'Hysbysiad preifatrwydd',
    controller: (name) => `${name} sy’n atebol am yr hyn a gedwir amdanoch chi a’ch plentyn.`,
    ask: 'Â phwy i siarad amdano',
    askSchool: 'Gofynnwch i’r ysgol a wnaeth y cais. Bydd yn anfon eich cwestiwn ymlaen.',
    none: 'Nid yw’r darparwr wedi cyhoeddi hysbysiad preifatrwydd yma. Gofynnwch amdano:',
  },
  complaints: {
    title: 'Sut i gwyno',
    steps: 'Beth i’w wneud',
    acknowledged: (days) => `Rydym yn dweud wrthych o fewn ${days} o ddiwrnodau gwaith bod eich cwyn gennym.`,
    answered: (days) => `Rydym yn ateb o fewn ${days} o ddiwrnodau gwaith.`,
    further: 'Os nad yw hynny’n helpu',
    none: 'Nid yw’r darparwr wedi cyhoeddi sut i gwyno yma. Gofynnwch:',
  },
  print: 'I gadw’r dudalen hon neu ei rhoi i rywun, argraffwch hi o ddewislen eich porwr.',
}
