-- Who signs in to the console. The address is kept in small letters: it is how somebody is known.
CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX person_email ON person (email);

-- Who may do what at a provider. Without signed_in_at an invitation waits.
CREATE TABLE membership (
  provider TEXT NOT NULL REFERENCES provider (id),
  person TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'coordinator', 'finance', 'viewer')),
  invited_by TEXT,
  since_at TEXT NOT NULL,
  signed_in_at TEXT,
  PRIMARY KEY (provider, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership (person);

-- A browser that is signed in. The cookie holds a secret; what is kept is its SHA-256, so that nobody who reads this table is let in by it.
CREATE TABLE session (
  secret_hash TEXT PRIMARY KEY NOT NULL,
  id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  -- What the person would call it, such as "Chrome on Windows".
  device TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('code', 'passkey')),
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  -- The end, whatever happens; leaving it unused ends it earlier.
  ends_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);

-- Who did what and when: written with the fact, never changed. AUTOINCREMENT, so that a number that is gone is missed. No personal data but the id of who did it.
CREATE TABLE record (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL,
  -- A person's id, 'school' for who buys, or 'system'.
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  -- The reference or id of what it was done to.
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX record_provider ON record (provider, number);
CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record BEGIN SELECT raise(ABORT, 'the record is never changed'); END;
CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record BEGIN SELECT raise(ABORT, 'the record is never deleted'); END;

-- The chain: each link hashes its record and the link before it. One sealer at a time writes it.
CREATE TABLE seal (
  number INTEGER PRIMARY KEY NOT NULL REFERENCES record (number),
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER seal_is_not_changed BEFORE UPDATE ON seal BEGIN SELECT raise(ABORT, 'the record is never changed'); END;
CREATE TRIGGER seal_is_not_deleted BEFORE DELETE ON seal BEGIN SELECT raise(ABORT, 'the record is never deleted'); END;

-- Where the chain ends, so that a loss of its last links is missed too.
CREATE TABLE seal_end (
  chain TEXT PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
