import type * as workers from '@cloudflare/workers-types'

// The tests run on Node, whose globals and the Workers' do not mix; these are the few that the worker's own types name.
declare global {
  type D1Database = workers.D1Database
  type D1PreparedStatement = workers.D1PreparedStatement
  type D1Result<T = unknown> = workers.D1Result<T>
  type D1Meta = workers.D1Meta
  type D1ExecResult = workers.D1ExecResult
  type ExecutionContext = workers.ExecutionContext
  type Fetcher = workers.Fetcher
  type RateLimit = workers.RateLimit
  type ScheduledController = workers.ScheduledController
}
