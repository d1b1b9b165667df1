/** The largest quantity of one offer in one order, where the catalogue does not say otherwise. */
export const MOST_OF_ONE_OFFER = 999
/** The largest cluster. */
export const MOST_SCHOOLS = 500
