export default {
  async fetch(request: Request): Promise<Response> {
    return new URL(request.url).pathname === '/healthz'
      ? new Response('ok')
      : new Response('Not found', { status: 404 })
  },
}
