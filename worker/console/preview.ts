/**
 * The page inside the editor's preview: the widgets' own script, and ours before it, which answers them from the draft. The console
 * holds it in a sandbox, so it is of no origin, has no cookies and can ask the API for nothing.
 */
export function previewFrame(): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/embed-look.css">
<script type="module" src="/console/preview.js"></script>
</head>
<body>
<main></main>
</body>
</html>
`
}
