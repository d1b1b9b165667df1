/** The requests that the reference shows; a test sends each and holds the reply to the document. */

export const EXAMPLE_QUOTE = {
  catalogue: '2024-25',
  on: '2024-05-01',
  buyer: { holds: [], schools: [{ name: 'Example Primary School', pupils: 210, district: '1' }] },
  items: [
    { offer: 'silver', quantity: 1 },
    { offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 24, note: '' },
  ],
}

export const EXAMPLE_ORDER = {
  catalogue: '2024-25',
  buyer: {
    holds: [],
    schools: [{ name: 'Example Primary School', pupils: 210, district: '1', urn: '123456', address: '1 Example Road' }],
  },
  items: EXAMPLE_QUOTE.items,
  expectedPence: 192500,
  contact: { name: 'A. Example', role: 'SENCo', email: 'senco@school.example' },
  payment: { method: 'journal', ledgerCode: 'AB123', purchaseOrder: 'PO-7' },
  signatory: { name: 'B. Example', email: 'head@school.example' },
}

export const EXAMPLE_REFERRAL = {
  pathway: 'outreach',
  eligibility: { district: 'yes', universal: 'yes', package: 'yes' },
  email: 'senco@school.example',
}
