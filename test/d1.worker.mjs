// Runs on workerd, beside the tests: carries out on the real D1 what test/database.ts posts.
const prepared = (db, { sql, values }) => {
  const statement = db.prepare(sql)
  return values.length > 0 ? statement.bind(...values) : statement
}

export default {
  async fetch(request, { DB }) {
    const { method, statements, argument } = await request.json()
    try {
      if (method === 'batch')
        return Response.json({ result: await DB.batch(statements.map((one) => prepared(DB, one))) })
      if (method === 'exec') return Response.json({ result: await DB.exec(argument) })
      const statement = prepared(DB, statements[0])
      return Response.json({ result: (await statement[method](argument ?? undefined)) ?? null })
    } catch (error) {
      return Response.json({ error: error.message, cause: error.cause?.message })
    }
  },
}
