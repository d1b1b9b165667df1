/** What the list beside a widget says. */
export const en = {
  list: 'Your list',
  empty: 'Nothing chosen yet. Choose something to see what it costs.',
  unpriced: 'This list cannot be priced as it stands. Start again, or ask the provider.',
  update: 'Update the total',
  order: 'Continue to the order',
  print: 'Open or print this list',
  clear: 'Start again',
}
