import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { MOST_SCHOOLS } from '../../catalogue/rules/most.ts'
import { pastedSchools, plainName, pupilsIn } from '../../catalogue/rules/pasted-schools.ts'
import { isPlainText } from '../../catalogue/schema/plain.ts'
import { schoolsFrom, schoolsIn, withPasted } from '../../catalogue/wire/schools-from.ts'

const pairs = (text: string) => pastedSchools(text).rows.map(({ name, pupils }) => [name, pupils])

describe('Schools pasted from a spreadsheet', () => {
  it('come with tabs, semicolons or commas between, and any line ends', () => {
    const wanted = [
      ['Hill School', '210'],
      ['Dale School', '88'],
    ]
    for (const text of [
      'Hill School\t210\nDale School\t88',
      'Hill School;210\r\nDale School;88\r\n',
      'Hill School, 210\rDale School, 88',
      'Hill School 210\nDale School: 88',
    ])
      deepEqual(pairs(text), wanted, text)
  })

  it('keep what stands between quotation marks together', () => {
    deepEqual(pairs('"Hill, Dale and ""Friends""","1,234"\n"Two\nlines",5'), [
      ['Hill, Dale and "Friends"', '1,234'],
      ['Two lines', '5'],
    ])
    deepEqual(pairs('"Open,210\nDale,88'), [
      ['"Open', '210'],
      ['Dale', '88'],
    ])
  })

  it('are found by their headings, wherever the columns stand', () => {
    const { rows, leftOut } = pastedSchools('URN\tNOR\tSchool\tClasses\n123456\t210\tHill School\t7\n')
    deepEqual(rows, [{ line: 2, name: 'Hill School', pupils: '210' }])
    deepEqual(leftOut, [{ line: 1, what: 'headings' }])
  })

  it('leave headings, blank lines and totals out, and say so with the line', () => {
    const { rows, leftOut } = pastedSchools('School,Pupils on roll\n\nHill,210\n,\nTotal,210')
    deepEqual(rows, [{ line: 3, name: 'Hill', pupils: '210' }])
    deepEqual(leftOut, [
      { line: 1, what: 'headings' },
      { line: 5, what: 'total' },
    ])
  })

  it('are not taken for headings because a name sounds like one', () => {
    deepEqual(pairs('Rolleston School\t\nPupil Referral Unit\t40'), [
      ['Rolleston School', ''],
      ['Pupil Referral Unit', '40'],
    ])
  })

  it('ask where a number can be read in two ways', () => {
    const [row] = pastedSchools('Hill,1,234').rows
    equal(row?.pupils, '1,234?')
    equal(pupilsIn(row?.pupils ?? ''), 'whole-number')
  })

  it('never come without the line that they stand on, whatever is pasted', () => {
    const piece = fc.constantFrom('\t', ',', ';', '"', '\n', '\r\n', ' ', 'Hill', '210', '1,234', '\u202e', '=1+1')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const lines = text.split(/\r\n|\r|\n/).length
          const { rows, leftOut } = pastedSchools(text)
          for (const { line } of [...rows, ...leftOut]) ok(line >= 1 && line <= lines)
          for (const { name } of rows) equal(name, plainName(name))
        },
      ),
    )
  })

  it('come back as they went in, quoted as a spreadsheet quotes them', () => {
    const name = fc
      .stringMatching(/^[A-Z][a-z' ,;"&-]{2,40}$/)
      .map(plainName)
      .filter((text) => !/^(total|school|name|setting|ysgol|enw)/i.test(text))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.integer({ min: 1, max: 99_999 })), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\t', ','),
        (schools, separator) => {
          const text = schools
            .map(([text, pupils]) => `"${text.replaceAll('"', '""')}"${separator}"${pupils.toLocaleString('en-GB')}"`)
            .join('\r\n')
          deepEqual(
            pastedSchools(text).rows.map((row) => [row.name, pupilsIn(row.pupils)]),
            schools,
          )
        },
      ),
    )
  })
})

describe('A pasted name', () => {
  it('loses exactly the marks that a schema would refuse: two rooms that cannot share a list keep to one', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const sign = String.fromCharCode(code)
      if (/\s/.test(sign)) continue
      equal(plainName(`a${sign}b`) === `a${sign}b`, isPlainText(sign), code.toString(16))
    }
    ok(isPlainText('😀') && plainName('😀') === '😀')
  })
})

describe('A number of pupils', () => {
  it('is read as people and spreadsheets write it', () => {
    for (const [text, number] of [
      ['210', 210],
      [' 1,234 ', 1_234],
      ['1 234', 1_234],
      ['210.0', 210],
      ['２１０', 210],
    ] as const)
      equal(pupilsIn(text), number, text)
  })

  it('says what is wrong with it', () => {
    deepEqual(['', 'abc', '12.5', '-3', '1,23', '0', '100001', '1e3'].map(pupilsIn), [
      'required',
      'whole-number',
      'whole-number',
      'whole-number',
      'whole-number',
      'too-small',
      'too-large',
      'whole-number',
    ])
  })
})

describe('The rows of a cluster', () => {
  it('are at most as many as a price takes', () => {
    const text = (count: number) => Array.from({ length: count }, (_, index) => `School ${index},5`).join('\n')
    ok('rows' in withPasted([], text(500)))
    deepEqual(withPasted([], text(501)), { tooMany: 501 })
    deepEqual(withPasted([{ name: 'Hill', pupils: '1' }], text(500)), { tooMany: 501 })
  })

  it('keep what was typed, before and behind what is pasted', () => {
    const rows = [
      { name: 'First', pupils: '1' },
      { name: '', pupils: '' },
      { name: 'Last', pupils: 'x' },
    ]
    const pasted = withPasted(rows, 'New\t2', 1)
    deepEqual('rows' in pasted && pasted.rows.map(({ name }) => name), ['First', 'New', 'Last'])
  })

  it('are priced without those that are blank or wrong, and each fault names its control', () => {
    const { schools, rowOf, faults } = schoolsIn([
      { name: '', pupils: '' },
      { name: 'Hill', pupils: '1,210', district: '01' },
      { name: '', pupils: '5' },
      { name: 'Dale', pupils: 'many' },
    ])
    deepEqual(schools, [
      { name: 'Hill', pupils: 1_210, district: '1' },
      { name: '', pupils: 5 },
    ])
    deepEqual(rowOf, [1, 2])
    deepEqual(faults, [
      { name: 'buyer.schools.2.name', code: 'required' },
      { name: 'buyer.schools.3.pupils', code: 'whole-number' },
    ])
  })

  it('come out of a form without a script, with the button that was pressed', () => {
    const form: [string, string][] = [
      ['buyer.schools.0.name', 'Hill'],
      ['buyer.schools.0.pupils', '210'],
      ['buyer.schools.1.name', 'Dale'],
      ['buyer.schools.1.pupils', ''],
    ]
    equal(schoolsFrom([['silver', '1']]), undefined)
    equal(schoolsFrom([...form, ['step', 'add']])?.rows.length, 3)
    deepEqual(schoolsFrom([...form, ['step', 'remove.0']])?.rows, [{ name: 'Dale', pupils: '' }])
    const pasted = schoolsFrom([...form, ['schools', 'Moor\t30\nFen\t?']])
    deepEqual(
      pasted?.rows.map(({ name }) => name),
      ['Hill', 'Dale', 'Moor', 'Fen'],
    )
    deepEqual(pasted?.report?.toMend, [
      { line: 2, row: 3, fault: { name: 'buyer.schools.3.pupils', code: 'whole-number' } },
    ])
  })

  it('keep a paste that is too long, so that it can be shortened', () => {
    const text = Array.from({ length: 501 }, (_, index) => `School ${index},5`).join('\n')
    const typed = schoolsFrom([
      ['buyer.schools.0.name', 'Hill'],
      ['schools', text],
    ])
    deepEqual(typed?.refused, { text, tooMany: 502 })
    deepEqual(typed?.rows, [{ name: 'Hill', pupils: '' }])
  })

  it('never throw, whatever an address says', () => {
    const control = fc.constantFrom(
      'buyer.schools.0.name',
      'buyer.schools.499.pupils',
      'buyer.schools.999.name',
      'schools',
      'step',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(control, fc.string({ unit: 'grapheme' }))), (entries) => {
        const typed = schoolsFrom(entries)
        if (typed) ok(schoolsIn(typed.rows).schools.length <= MOST_SCHOOLS)
      }),
    )
  })
})
