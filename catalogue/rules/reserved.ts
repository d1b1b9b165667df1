/** The names that addresses and forms use for other things than offers, so that no offer can have them. */
export const RESERVED: ReadonlySet<string> = new Set(
  'holds school today catalogue lang step schools at reached key expected on buyer items contact payment signatory'.split(
    ' ',
  ),
)
