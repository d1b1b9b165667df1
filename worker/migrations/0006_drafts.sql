-- From which day a version counts, who said so, and whether it was taken back. A version without a row came from a file, by 'system', and counts
-- from ever (''). On a day the version counts that is not taken back and whose (from_on, version) is the greatest one not after that day.
CREATE TABLE publication (
  provider TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on = '' OR from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  published_at TEXT NOT NULL,
  -- A person's id, or 'system'.
  published_by TEXT NOT NULL,
  taken_back_at TEXT,
  taken_back_by TEXT,
  PRIMARY KEY (provider, catalogue, version),
  CHECK ((taken_back_at IS NULL) = (taken_back_by IS NULL)),
  FOREIGN KEY (provider, catalogue, version) REFERENCES catalogue_version (provider, catalogue, version)
) STRICT, WITHOUT ROWID;

-- A catalogue in the making: its text as typed, broken or not. The title and the year's name are the last that could be read in it. The text stands last,
-- so that the other columns are read without it.
CREATE TABLE draft (
  provider TEXT NOT NULL REFERENCES provider (id),
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'published', 'discarded')),
  title TEXT NOT NULL,
  catalogue TEXT,
  based_on_catalogue TEXT,
  based_on_version INTEGER,
  -- Counts the changes of its text: who changes it says which one they saw.
  revision INTEGER NOT NULL CHECK (revision >= 1),
  begun_at TEXT NOT NULL,
  begun_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  -- What it became.
  published_catalogue TEXT,
  published_version INTEGER,
  published_from_on TEXT,
  text TEXT NOT NULL,
  PRIMARY KEY (provider, id)
) STRICT, WITHOUT ROWID;
-- Saving changes none of its columns, so a draft is saved with one row.
CREATE INDEX draft_open ON draft (provider, id) WHERE state = 'open';

-- Who has a draft before them, and where in it. Rows of a day ago are cleared away by whoever comes next.
CREATE TABLE draft_presence (
  provider TEXT NOT NULL,
  draft TEXT NOT NULL,
  session TEXT NOT NULL,
  person TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  -- A JSON pointer into the document; empty for nowhere in particular.
  place TEXT NOT NULL,
  -- Whether they have changed the draft in this sitting, which the record is told once.
  has_saved INTEGER NOT NULL CHECK (has_saved IN (0, 1)),
  PRIMARY KEY (provider, draft, session)
) STRICT, WITHOUT ROWID;

-- Websites on which a provider's portal pages may stand in a frame.
CREATE TABLE frame_origin (
  provider TEXT NOT NULL REFERENCES provider (id),
  origin TEXT NOT NULL,
  PRIMARY KEY (provider, origin)
) STRICT, WITHOUT ROWID;

-- Which versions there are, apart from their documents: the list of providers looks for one of each.
CREATE INDEX catalogue_version_name ON catalogue_version (provider, catalogue, version, published_at);
