// Everything that an order needs after its list, in one chunk and so in one request: the steps that follow, the schema,
// the sentences for what it finds, and the sending itself.
import { onward } from './onward.view.ts'
import { placing } from './placing.ts'

export const ahead = { onward, placing }
export type Ahead = typeof ahead
