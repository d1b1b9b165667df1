-- A provider, as its latest catalogue describes it.
CREATE TABLE provider (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  service TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Published catalogues. A version is never changed: publishing again adds the next one. The document stands last, so that the other columns are read without it.
CREATE TABLE catalogue_version (
  provider TEXT NOT NULL REFERENCES provider (id),
  catalogue TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  opens_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  published_at TEXT NOT NULL,
  document TEXT NOT NULL CHECK (json_valid(document)),
  PRIMARY KEY (provider, catalogue, version)
) STRICT, WITHOUT ROWID;
